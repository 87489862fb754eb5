namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>Admits one writer at a time to the metrics database, in order of arrival: SQLite allows only one, and queueing here cannot time out.</summary>
public sealed class MetricsGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for exclusive access, which is released by disposing the result.</summary>
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
