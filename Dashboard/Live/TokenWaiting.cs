namespace Experiments.Dashboard.Live;

internal static class TokenWaiting
{
    /// <summary>Waits until <paramref name="signal"/> is given.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was.</exception>
    public static async Task WaitAsync(this CancellationToken signal, CancellationToken cancellationToken)
    {
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = signal.Register(given.SetResult);
        await given.Task.WaitAsync(cancellationToken);
    }
}
