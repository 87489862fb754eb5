namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Waits for each step of something long, but for no single step too long.</summary>
internal sealed class Patient(TimeSpan longest, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _timeout = new(Timeout.InfiniteTimeSpan, time);

    public CancellationToken Cancellation => cancellation;

    /// <exception cref="TimeoutException">The step took too long.</exception>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> step)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _timeout.Token);
        _timeout.CancelAfter(longest);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException) when (_timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {longest.TotalSeconds:0} seconds");
        }
    }

    public void Dispose() => _timeout.Dispose();
}
