namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Waits for each step of a long exchange over the network, but for no single step too long.</summary>
internal sealed class Patient(TimeSpan longest, TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _timeout = new(Timeout.InfiniteTimeSpan, time);

    public CancellationToken Cancellation => cancellation;

    /// <exception cref="HttpRequestException">The step took too long, or the connection broke.</exception>
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
            throw new HttpRequestException($"nothing came for {longest.TotalSeconds:0} seconds");
        }
        catch (IOException e)
        {
            // A broken connection must not be taken for a disk that cannot be written.
            throw new HttpRequestException(e.Message, e);
        }
    }

    public void Dispose() => _timeout.Dispose();
}
