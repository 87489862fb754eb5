using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Workers;

/// <summary>What somebody can ask of a worker.</summary>
public sealed class WorkerControl(StateWriter writer, WorkerTable workers, ILogger<WorkerControl> logger)
{
    /// <summary>It finishes what it has and takes nothing new.</summary>
    /// <exception cref="ApiException">There is no such worker.</exception>
    public Task<WorkerStatus> DrainAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        row => row.Draining = true,
        worker => worker with { Draining = true },
        cancellationToken);

    /// <summary>It takes runs again, whatever kept it from that.</summary>
    /// <exception cref="ApiException">There is no such worker.</exception>
    public Task<WorkerStatus> ReadmitAsync(string id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        row => (row.Draining, row.SetAsideReason, row.Crashes) = (false, null, []),
        worker => worker with { Draining = false, SetAsideReason = null },
        cancellationToken);

    private async Task<WorkerStatus> ChangeAsync(
        string id, Action<WorkerRow> changeRow, Func<WorkerStatus, WorkerStatus> change, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                WorkerRow row = await unit.Db.Workers.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("worker", id);
                changeRow(row);
                unit.WorkerChanged(id);
                unit.AfterCommit(() => workers.Change(id, change));
            },
            cancellationToken);
        WorkerStatus worker = workers.Find(id) ?? throw ApiException.NotFound("worker", id);
        logger.LogInformation("Worker {WorkerId}: draining {Draining}, set aside {SetAside}", id, worker.Draining, worker.SetAsideReason is not null);
        return worker;
    }
}
