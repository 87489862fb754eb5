namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>Admits one writer at a time to the metrics database, in turn: SQLite allows only one, and queueing here cannot time out.</summary>
public sealed class MetricsGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for the caller's turn, which ends when the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Turn(_gate);
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
