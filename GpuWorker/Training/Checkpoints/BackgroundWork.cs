namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Runs one piece of work at a time on its own thread.</summary>
internal sealed class BackgroundWork
{
    private Task? _task;

    /// <summary>True from the end of the work, successful or not, until it is joined.</summary>
    public bool HasEnded => _task is { IsCompleted: true };

    /// <summary>True from the start of work until it is joined.</summary>
    public bool IsRunning => _task is not null;

    /// <exception cref="InvalidOperationException">The previous work was not joined.</exception>
    public void Start(Action work)
    {
        if (_task is not null)
        {
            throw new InvalidOperationException("the work before has to be joined first");
        }

        _task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits until the work has ended, and rethrows its exception. Does nothing without work.</summary>
    public void Join()
    {
        Task? task = _task;
        _task = null;
        task?.GetAwaiter().GetResult();
    }
}
