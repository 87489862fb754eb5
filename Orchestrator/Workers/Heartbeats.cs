using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Workers;

/// <summary>Updates leases and the table of workers. Writes to the database only when a durable value changed.</summary>
public sealed class Heartbeats(
    LeaseTable leases, WorkerTable workers, WorkerHistories histories, StateWriter writer, ChangeBroadcaster feed, ILogger<Heartbeats> logger)
{
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMinutes(1);

    /// <exception cref="BadMessageException">It has no valid worker id.</exception>
    public async Task<HeartbeatReply> HandleAsync(Heartbeat received, CancellationToken cancellationToken)
    {
        Heartbeat heartbeat = HeartbeatCheck.Tidy(received);
        AttemptDirective directive = heartbeat.RunId is { } runId
            ? leases.Renew(runId, heartbeat.Attempt, heartbeat.WorkerId)
            : AttemptDirective.Continue;
        (WorkerStatus? before, WorkerStatus after) = workers.Seen(heartbeat);
        histories.Add(heartbeat);
        if (heartbeat.Leaving)
        {
            await LeaveAsync(after, cancellationToken);
        }
        else if (before is null || before.Host != after.Host || before.Device != after.Device || after.LastSeen - after.StoredAt > StoreInterval)
        {
            await StoreAsync(after, cancellationToken);
        }

        feed.Publish(new ChangeEvent(ChangeKind.Worker, heartbeat.WorkerId, null));
        return new HeartbeatReply(directive, workers.WhyNoRuns(heartbeat.WorkerId) is null);
    }

    private async Task StoreAsync(WorkerStatus worker, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                WorkerRow? row = await unit.Db.Workers.FindAsync([worker.Id], unit.CancellationToken);
                if (row is null)
                {
                    row = new WorkerRow { Id = worker.Id, Host = worker.Host, Device = worker.Device };
                    unit.Db.Workers.Add(row);
                    logger.LogInformation("Worker {WorkerId} on {Host} with {Device} has joined", worker.Id, worker.Host, worker.Device);
                }

                (row.Host, row.Device, row.LastSeen) = (worker.Host, worker.Device, worker.LastSeen);
                unit.AfterCommit(() => workers.Change(worker.Id, known => known with { StoredAt = worker.LastSeen }));
            },
            cancellationToken);
    }

    /// <summary>A worker that signed off is removed, unless it was set aside.</summary>
    private async Task LeaveAsync(WorkerStatus worker, CancellationToken cancellationToken)
    {
        if (worker.SetAsideReason is not null)
        {
            return;
        }

        await writer.WriteAsync(
            async unit =>
            {
                if (await unit.Db.Workers.FindAsync([worker.Id], unit.CancellationToken) is { } row)
                {
                    unit.Db.Workers.Remove(row);
                }

                unit.AfterCommit(() => workers.Forget(worker.Id));
            },
            cancellationToken);
        logger.LogInformation("Worker {WorkerId} has left", worker.Id);
    }
}
