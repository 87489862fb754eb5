using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.State;

/// <summary>
/// What one listener has not been told yet: each thing once, and when there are too many runs, their sweeps instead.
/// </summary>
internal sealed class PendingChanges : IDisposable
{
    public const int Most = 500;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _any = new(0, 1);
    private HashSet<ChangeEvent> _changes = [];

    public void Add(ChangeEvent change)
    {
        lock (_lock)
        {
            _changes.Add(_changes.Count >= Most ? Merged(change) : change);
            if (_any.CurrentCount == 0)
            {
                _any.Release();
            }
        }
    }

    /// <summary>Waits until there is something and takes all of it.</summary>
    public async Task<IReadOnlyList<ChangeEvent>> TakeAsync(CancellationToken cancellationToken)
    {
        await _any.WaitAsync(cancellationToken);
        lock (_lock)
        {
            IReadOnlyList<ChangeEvent> taken = [.. _changes];
            _changes = [];
            return taken;
        }
    }

    public void Dispose() => _any.Dispose();

    private static ChangeEvent Merged(ChangeEvent change) =>
        change is { Kind: ChangeKind.Run, SweepId: { } sweepId } ? new ChangeEvent(ChangeKind.Sweep, sweepId, sweepId) : change;
}
