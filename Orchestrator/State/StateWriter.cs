using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.State;

/// <summary>
/// The only way to change the state: one transaction at a time, in turn. SQLite allows one writer anyway; queueing here instead of in its busy loop
/// is fair and cannot time out.
/// </summary>
public sealed class StateWriter(IDbContextFactory<StateContext> contexts, ChangeBroadcaster feed, IEnumerable<IBeforeCommit>? before = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs <paramref name="write"/> in a transaction, commits, then publishes its changes.</summary>
    public async Task<T> WriteAsync<T>(Func<StateWrite, Task<T>> write, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using StateContext context = await contexts.CreateDbContextAsync(cancellationToken);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var unit = new StateWrite(context, cancellationToken);
            T result = await write(unit);
            foreach (IBeforeCommit last in before ?? [])
            {
                await last.CompleteAsync(unit);
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);

            // Still inside the gate: in-memory state is updated in the order of the commits.
            unit.Committed(feed);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task WriteAsync(Func<StateWrite, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async unit =>
            {
                await write(unit);
                return true;
            },
            cancellationToken);

    /// <summary>Runs <paramref name="work"/> outside of a transaction while no other write runs.</summary>
    internal async Task PauseAsync(Func<StateContext, Task> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using StateContext context = await contexts.CreateDbContextAsync(cancellationToken);
            await work(context);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}

/// <summary>A transaction on the state, with the actions to run after its commit.</summary>
public sealed class StateWrite(StateContext context, CancellationToken cancellationToken)
{
    private readonly HashSet<ChangeEvent> _changes = [];
    private readonly List<Action> _afterCommit = [];

    private readonly Dictionary<string, SweepStatus> _refreshed = [];

    public StateContext Db { get; } = context;

    /// <summary>The sweeps whose runs ended, began to wait again or were deleted in this transaction, with their status before.</summary>
    public IReadOnlyDictionary<string, SweepStatus> RefreshedSweeps => _refreshed;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public void RunChanged(string runId, string sweepId)
    {
        _changes.Add(new ChangeEvent(ChangeKind.Run, runId, sweepId));
        SweepChanged(sweepId);
    }

    public void SweepRefreshed(string sweepId, SweepStatus before) => _refreshed.TryAdd(sweepId, before);

    public void SweepChanged(string sweepId) => _changes.Add(new ChangeEvent(ChangeKind.Sweep, sweepId, sweepId));

    public void RunDeleted(string runId, string sweepId) => _changes.Add(new ChangeEvent(ChangeKind.Run, runId, sweepId, Deleted: true));

    public void SweepDeleted(string sweepId) => _changes.Add(new ChangeEvent(ChangeKind.Sweep, sweepId, sweepId, Deleted: true));

    public void WorkerChanged(string workerId) => _changes.Add(new ChangeEvent(ChangeKind.Worker, workerId, null));

    /// <summary>Runs <paramref name="action"/> after the commit. It must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void Committed(ChangeBroadcaster feed)
    {
        _afterCommit.ForEach(action => action());
        foreach (ChangeEvent change in _changes)
        {
            feed.Publish(change);
        }
    }
}
