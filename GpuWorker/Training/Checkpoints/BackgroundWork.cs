namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Does one piece of work at a time on a thread of its own.</summary>
internal sealed class BackgroundWork
{
    private Task? _task;

    /// <summary>True from when work has ended, one way or the other, until it is joined.</summary>
    public bool HasEnded => _task is { IsCompleted: true };

    /// <summary>True from the start of work until it is joined.</summary>
    public bool IsRunning => _task is not null;

    /// <exception cref="InvalidOperationException">The work before was not joined.</exception>
    public void Start(Action work)
    {
        if (_task is not null)
        {
            throw new InvalidOperationException("the work before has to be joined first");
        }

        _task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits until the work has ended, and throws what made it fail. Without work it does nothing.</summary>
    public void Join()
    {
        Task? task = _task;
        _task = null;
        task?.GetAwaiter().GetResult();
    }
}
