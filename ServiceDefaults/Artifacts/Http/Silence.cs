namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Ends an exchange in which nothing has moved for too long; how long it takes altogether does not matter.</summary>
internal sealed class Silence : IDisposable
{
    /// <summary>The Orchestrator may have to read a large file once before it answers.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public Silence(TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = new CancellationTokenSource(Longest, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timeout.Token);
    }

    /// <summary>Set when the exchange should end.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Something has moved.</summary>
    public void Break() => _timeout.CancelAfter(Longest);

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
