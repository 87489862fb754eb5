namespace Experiments.ServiceDefaults.Http;

/// <summary>Cancels a transfer that makes no progress for too long; its total duration is not limited.</summary>
public sealed class InactivityTimeout : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    /// <summary>Starts the timeout.</summary>
    /// <param name="limit">The longest time without progress.</param>
    /// <param name="time">Measures the limit.</param>
    /// <param name="cancellationToken">Cancels the transfer for any other reason.</param>
    public InactivityTimeout(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Limit = limit;
        _timeout = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timeout.Token);
    }

    /// <summary>The longest time without progress.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Cancelled by the caller's token, or after no progress for <see cref="Limit"/>.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether the timeout expired; false when the caller cancelled.</summary>
    public bool HasExpired => _timeout.IsCancellationRequested;

    /// <summary>Restarts the timeout after progress.</summary>
    public void Restart() => _timeout.CancelAfter(Limit);

    /// <summary>Pauses the timeout until <see cref="Restart"/>: work in between, such as writing to a slow disk, does not count.</summary>
    public void Pause() => _timeout.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
