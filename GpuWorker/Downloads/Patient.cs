namespace Experiments.GpuWorker.Downloads;

/// <summary>Waits for each step of a long exchange over the network, but for no single step too long.</summary>
internal sealed class Patient(TimeSpan longest, TimeProvider time, CancellationToken cancel) : IDisposable
{
    private readonly CancellationTokenSource _timeout = new(Timeout.InfiniteTimeSpan, time);

    /// <exception cref="HttpRequestException">The step took too long, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> step)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _timeout.Token);
        _timeout.CancelAfter(longest);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // The client ends a connection that takes too long to make in the same way.
            throw new HttpRequestException(_timeout.IsCancellationRequested ? $"nothing came for {longest.TotalSeconds:0} seconds" : e.InnerException?.Message ?? e.Message, e);
        }
        catch (IOException e)
        {
            // A broken connection must not be taken for a disk that cannot be written.
            throw new HttpRequestException(e.Message, e);
        }
        finally
        {
            // What is done between the steps, such as writing to a slow disk, is not waited for.
            _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timeout.Dispose();
}
