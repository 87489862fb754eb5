namespace Experiments.Dashboard.Live;

internal static class TokenWaiting
{
    /// <summary>Waits until <paramref name="signal"/> is cancelled.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled first.</exception>
    public static async Task WaitAsync(this CancellationToken signal, CancellationToken cancellationToken)
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = signal.Register(given.SetResult);
        await given.Task.WaitAsync(cancellationToken);
    }
}
