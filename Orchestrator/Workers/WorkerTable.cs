using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Workers;

/// <summary>All workers, as their heartbeats describe them. Only what must survive a restart is stored in the database.</summary>
public sealed class WorkerTable(
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    IMessageBusInfo bus,
    IOptions<LeaseOptions> leases,
    TimeProvider time) : IRestoredAtStart
{
    /// <summary>How long a worker is kept in the table after its last heartbeat.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, WorkerStatus> _workers = [];

    public IReadOnlyList<WorkerView> Views() =>
        [.. _workers.Values.OrderBy(worker => worker.Host).ThenBy(worker => worker.Device).ThenBy(worker => worker.Id).Select(View)];

    public WorkerStatus? Find(string id) => _workers.GetValueOrDefault(id);

    public WorkerView View(WorkerStatus worker) => worker.ToView(IsLost(worker));

    /// <summary>Why a worker gets no runs now; null when it may get some. An unknown worker may.</summary>
    public string? WhyNoRuns(string id) => Find(id) switch
    {
        { SetAsideReason: { } reason } => $"worker {id} is set aside: {reason}",
        { Draining: true } => $"worker {id} is draining",
        _ => null,
    };

    /// <summary>Records a heartbeat.</summary>
    /// <returns>The worker before, null for a new one, and after.</returns>
    public (WorkerStatus? Before, WorkerStatus After) Seen(Heartbeat heartbeat)
    {
        WorkerStatus? before = null;
        WorkerStatus after = _workers.AddOrUpdate(
            heartbeat.WorkerId,
            id => Updated(new WorkerStatus(id, heartbeat.Host, heartbeat.Device, default), heartbeat),
            (_, known) => Updated(before = known, heartbeat));
        return (before, after);
    }

    private WorkerStatus Updated(WorkerStatus worker, Heartbeat heartbeat)
    {
        long now = time.GetTimestamp();
        return worker with
        {
            Host = heartbeat.Host,
            Device = heartbeat.Device,
            LastSeen = time.GetUtcNow(),
            SeenAt = now,
            IdleSince = heartbeat.RunId is null ? worker.IdleSince ?? now : null,
            RunId = heartbeat.RunId,
            MemoryUsed = heartbeat.MemoryUsed,
            MemoryTotal = heartbeat.MemoryTotal,
            Utilization = heartbeat.Utilization,
            Temperature = heartbeat.Temperature,
            FasterInBFloat16 = heartbeat.FasterInBFloat16,
        };
    }

    /// <summary>Changes a known worker.</summary>
    public WorkerStatus? Change(string id, Func<WorkerStatus, WorkerStatus> change)
    {
        while (_workers.TryGetValue(id, out WorkerStatus? worker))
        {
            WorkerStatus changed = change(worker);
            if (_workers.TryUpdate(id, changed, worker))
            {
                return changed;
            }
        }

        return null;
    }

    public void Forget(string id) => _workers.TryRemove(id, out _);

    /// <summary>Workers that could take a run and have been idle for at least <paramref name="duration"/>.</summary>
    public int CountIdleFor(TimeSpan duration) => _workers.Values.Count(worker =>
        !IsLost(worker)
        && worker is { Draining: false, SetAsideReason: null, IdleSince: { } since }
        && time.GetElapsedTime(since) >= duration);

    /// <summary>Workers that take runs, whether busy or idle.</summary>
    public IReadOnlyList<WorkerStatus> Ready() => [.. _workers.Values.Where(worker => !IsLost(worker) && worker is { Draining: false, SetAsideReason: null })];

    /// <summary>True when the worker's last heartbeat is older than a lease.</summary>
    public bool IsLost(WorkerStatus worker) =>
        worker.SeenAt is not { } seen || time.GetElapsedTime(seen) > leases.Value.Duration;

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        // With an in-process bus, the workers ended together with the previous process.
        DateTimeOffset forgotten = time.GetUtcNow() - Memory;
        await writer.WriteAsync(
            unit => unit.Db.Workers
                .Where(row => !bus.IsDurable || (row.LastSeen < forgotten && !row.Draining && row.SetAsideReason == null))
                .ExecuteDeleteAsync(unit.CancellationToken),
            cancellationToken);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (WorkerRow row in db.Workers.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _workers[row.Id] = new WorkerStatus(row.Id, row.Host, row.Device, row.LastSeen)
            {
                Draining = row.Draining,
                SetAsideReason = row.SetAsideReason,
                StoredAt = row.LastSeen,
            };
        }
    }
}
