namespace Experiments.ServiceDefaults.Metrics;

/// <summary>Wakes all readers that wait for new points.</summary>
internal sealed class Doorbell
{
    private TaskCompletionSource _next = Create();

    /// <summary>Completes at the next ring. Get it before reading, so that a ring between the read and the wait is not missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
