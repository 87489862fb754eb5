using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;

namespace Experiments.Orchestrator.Runs;

/// <summary>What somebody can ask of one run.</summary>
public sealed class RunControl(
    StateWriter writer, LeaseTable leases, StopNotices notices, TicketSignal tickets, TimeProvider time, ILogger<RunControl> logger)
{
    /// <exception cref="ApiException">There is no such run, or it has ended already.</exception>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Run run = await FindAsync(unit, id);
            DateTimeOffset now = time.GetUtcNow();
            run.State = run.State.After(RunCause.Cancelled)
                ?? throw ApiException.Conflict($"run {id} is {EnumText.Of(run.Status)}; only runs that have not ended can be cancelled");
            run.FinishedAt = now;
            await SweepProgress.RefreshAsync(unit, run.SweepId, now);
            unit.RunChanged(run.Id, run.SweepId);
            unit.AfterCommit(() => Stop(id));
            logger.LogInformation("Run {RunId} of sweep {SweepId} cancelled", id, run.SweepId);
        },
        cancellationToken);

    /// <exception cref="ApiException">There is no such run, or it has not failed or been cancelled.</exception>
    public async Task RetryAsync(string id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                Run run = await FindAsync(unit, id);
                Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
                run.State = run.State.Retry(sweep.MaxAttempts)
                    ?? throw ApiException.Conflict($"run {id} is {EnumText.Of(run.Status)}; only failed and cancelled runs can be retried");
                run.FinishedAt = null;
                run.TicketSentAt = null;
                (run.FailureKind, run.FailureMessage) = (null, null);
                await SweepProgress.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
                unit.RunChanged(run.Id, run.SweepId);
                logger.LogInformation("Run {RunId} of sweep {SweepId} retried", id, run.SweepId);
            },
            cancellationToken);
        tickets.Wanted();
    }

    private void Stop(string runId)
    {
        if (leases.Direct(runId, AttemptDirective.Cancel) is { } lease)
        {
            notices.Send(lease);
        }
    }

    private static async Task<Run> FindAsync(StateWrite unit, string id) =>
        await unit.Db.Runs.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("run", id);
}
