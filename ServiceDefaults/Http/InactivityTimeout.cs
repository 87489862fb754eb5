namespace Experiments.ServiceDefaults.Http;

/// <summary>Cancels an exchange in which nothing has moved for too long; how long it takes altogether does not matter.</summary>
public sealed class InactivityTimeout : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    /// <summary>Starts the time.</summary>
    /// <param name="limit">How long nothing may move.</param>
    /// <param name="time">Measures the limit.</param>
    /// <param name="cancellationToken">Cancels the exchange for any other reason.</param>
    public InactivityTimeout(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Limit = limit;
        _timeout = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timeout.Token);
    }

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Cancelled by the caller's token, or when nothing has moved for <see cref="Limit"/>.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether nothing has moved for too long; false when the caller cancelled.</summary>
    public bool HasExpired => _timeout.IsCancellationRequested;

    /// <summary>Something has moved: the time starts again.</summary>
    public void Restart() => _timeout.CancelAfter(Limit);

    /// <summary>Stops the time until <see cref="Restart"/>: what happens now, such as writing to a slow disk, does not count.</summary>
    public void Pause() => _timeout.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
