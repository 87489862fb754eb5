using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Notices;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Control;

/// <summary>Cancels and retries runs for users: the only place where a user's request changes the status of a run.</summary>
public sealed class RunControl(
    StateWriter writer,
    LeaseTable leases,
    StopNotices notices,
    TicketQueue tickets,
    TwinRuns twins,
    RungDecisions rungs,
    ArtifactRetention retention,
    TimeProvider time,
    ILogger<RunControl> logger)
{
    /// <exception cref="ApiException">There is no such run, or it has already ended.</exception>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, TryCancelAsync, cancellationToken);

    /// <exception cref="ApiException">There is no such run, or it has neither failed nor been cancelled.</exception>
    public async Task RetryAsync(string id, CancellationToken cancellationToken)
    {
        await ChangeAsync(id, TryRetryAsync, cancellationToken);
        tickets.Wanted();
    }

    /// <summary>Lets a run continue that the stopping rule has paused or stopped, or will decide about.</summary>
    /// <param name="epochs">The epoch to train to; null for the last one.</param>
    /// <exception cref="ApiException">There is no such run, no such epoch is left, or the run has ended otherwise.</exception>
    public async Task PromoteAsync(string id, int? epochs, CancellationToken cancellationToken)
    {
        await ChangeAsync(id, (unit, run) => TryPromoteAsync(unit, run, epochs), cancellationToken);
        tickets.Wanted();
    }

    /// <summary>
    /// Cancels a run within the caller's transaction. The caller has to call <see cref="SweepStatusUpdater.RefreshAsync"/> before it commits.
    /// </summary>
    /// <returns>Why the run cannot be cancelled; null on success.</returns>
    internal async Task<string?> TryCancelAsync(StateWrite unit, Run run)
    {
        if (run.State.After(RunCause.Cancelled) is not { } cancelled)
        {
            return WhyNot(BulkAction.Cancel, run.Cell, run.Status);
        }

        run.State = cancelled;
        (run.WaitsFor, run.WaitsForEpoch) = (null, null);
        run.FinishedAt = time.GetUtcNow();
        await twins.ReleaseWaitingAsync(unit, run.Id);
        unit.RunChanged(run.Id, run.SweepId);
        unit.AfterCommit(() =>
        {
            Stop(run.Id);
            retention.Consider(run.Id);
        });
        logger.LogInformation("Run {RunId} of sweep {SweepId} cancelled", run.Id, run.SweepId);
        return null;
    }

    /// <summary>Like <see cref="TryCancelAsync"/>, but retries the run. After the commit the caller must request tickets.</summary>
    internal async Task<string?> TryRetryAsync(StateWrite unit, Run run)
    {
        Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
        if (run.State.Retry(sweep.MaxAttempts) is not { } retried)
        {
            return WhyNot(BulkAction.Retry, run.Cell, run.Status);
        }

        run.State = retried;
        run.FinishedAt = null;
        (run.FailureKind, run.FailureMessage, run.Decision) = (null, null, null);
        unit.RunChanged(run.Id, run.SweepId);
        logger.LogInformation("Run {RunId} of sweep {SweepId} retried", run.Id, run.SweepId);
        if (sweep.Status == SweepStatus.Cancelled)
        {
            // The sweep is running again, even if only briefly: a run that takes over a result immediately is no longer cancelled.
            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
        }

        await twins.TrySettleAsync(unit, run, sweep);
        return null;
    }

    private async Task<string?> TryPromoteAsync(StateWrite unit, Run run, int? epochs)
    {
        Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
        if (sweep.StoppingRule is null)
        {
            return $"sweep {sweep.Id} has no stopping rule: its runs are trained to their last epoch anyway";
        }

        if (RunTransitions.HasEnded(run.Status) && run.Status != RunStatus.Stopped)
        {
            return $"run #{run.Cell} is {EnumText.Of(run.Status)}; only runs that have not ended, and stopped ones, can be promoted";
        }

        if (epochs is { } target && (target <= run.Epoch || target > run.Epochs))
        {
            throw ApiException.BadRequest("epochs", run.Epoch < run.Epochs
                ? $"out of range: {target}, run #{run.Cell} has finished {run.Epoch} of {run.Epochs} epochs; allowed: a whole number from {run.Epoch + 1} to {run.Epochs}"
                : $"out of range: {target}, run #{run.Cell} has finished all of its {run.Epochs} epochs; allowed: runs with epochs left");
        }

        if (!await rungs.TryPromoteAsync(unit, sweep, run, epochs))
        {
            return $"run #{run.Cell} is already promoted to epoch {Math.Min(run.PromotedTo, run.Epochs)}";
        }

        logger.LogInformation("Run {RunId} of sweep {SweepId} promoted by a user", run.Id, run.SweepId);
        if (run.Status == RunStatus.Queued)
        {
            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
            await twins.TrySettleAsync(unit, run, sweep);
        }

        return null;
    }

    /// <summary>Why a run with this status cannot be cancelled or retried; null when it can.</summary>
    internal static string? WhyNot(BulkAction action, int cell, RunStatus status) => action switch
    {
        BulkAction.Cancel when !RunTransitions.IsAllowed(status, RunCause.Cancelled) =>
            $"run #{cell} is {EnumText.Of(status)}; only runs that have not ended can be cancelled",
        BulkAction.Retry when !RunTransitions.IsAllowed(status, RunCause.Retried) =>
            $"run #{cell} is {EnumText.Of(status)}; only failed and cancelled runs can be retried",
        _ => null,
    };

    private Task ChangeAsync(string id, Func<StateWrite, Run, Task<string?>> change, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Run run = await unit.Db.Runs.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("run", id);
            if (await change(unit, run) is { } reason)
            {
                throw ApiException.Conflict(reason);
            }

            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
        },
        cancellationToken);

    private void Stop(string runId)
    {
        if (leases.Direct(runId, AttemptDirective.Cancel) is { } lease)
        {
            notices.Send(lease);
        }
    }
}
