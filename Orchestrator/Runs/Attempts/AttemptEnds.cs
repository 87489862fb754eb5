using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Runs.Checkpoints;
using Experiments.Orchestrator.Runs.Stages;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Applies the ends of attempts, whether their worker reports them or their lease expires.</summary>
public sealed class AttemptEnds(
    StateWriter writer,
    LeaseTable leases,
    EpochReports epochs,
    WorkerTrust trust,
    TwinRuns twins,
    SharedStages stages,
    TicketQueue tickets,
    CheckpointFiles checkpoints,
    ArtifactRetention retention,
    ArtifactUsage usage,
    MetricArchive archive,
    TimeProvider time,
    ILogger<AttemptEnds> logger)
{
    /// <summary>Applies an end once. A second report, or one that arrives after the lease was lost, changes nothing.</summary>
    /// <param name="isStillSo">Called within the transaction: false drops the report, because the state has changed while it waited to write.</param>
    /// <exception cref="BadMessageException">The report is invalid.</exception>
    public async Task HandleAsync(AttemptEnded reported, CancellationToken cancellationToken, Func<bool>? isStillSo = null)
    {
        RunEventCheck.RequireIds(reported.RunId, reported.WorkerId);
        AttemptEnded ended = RunEventCheck.Tidy(reported);
        await CatchUpAsync(ended, cancellationToken);
        (RunStatus Status, AttemptEnd End, bool WantsTicket)? applied =
            await writer.WriteAsync(async unit => isStillSo?.Invoke() == false ? null : await EndAsync(unit, ended), cancellationToken);
        if (applied is not var (status, end, wantsTicket))
        {
            logger.LogInformation(
                "End ({Outcome}) of attempt {Attempt} of run {RunId} of sweep {SweepId} ignored: it has already ended, or its worker has sent a heartbeat",
                ended.Outcome, ended.Attempt, ended.RunId, ended.SweepId);
            return;
        }

        logger.LogInformation(
            "Attempt {Attempt} of run {RunId} of sweep {SweepId} on {WorkerId} ended: {Outcome} {Failure}; the run is {Status}",
            ended.Attempt, ended.RunId, ended.SweepId, ended.WorkerId, ended.Outcome, ended.Failure?.Message, status);
        usage.Measure(ended.RunId, ended.Attempt);
        if (ended.Failure?.Kind == FailureKind.Lost)
        {
            ExperimentsMetrics.LeasesLost.Add(1);
        }

        if (wantsTicket)
        {
            tickets.Wanted();
        }

        if (status == RunStatus.Completed)
        {
            await archive.TrimAsync(ended.RunId, end, cancellationToken);
        }
    }

    /// <summary>Runs before the end is applied, because the end decides which points count. The end itself counts in any case.</summary>
    private async Task CatchUpAsync(AttemptEnded ended, CancellationToken cancellationToken)
    {
        try
        {
            await epochs.CatchUpAsync(ended, cancellationToken);
        }
        catch (BadMessageException exception)
        {
            logger.LogWarning(
                "The end of attempt {Attempt} of run {RunId} reports an impossible epoch: {Reason}", ended.Attempt, ended.RunId, exception.Message);
        }
    }

    private async Task<(RunStatus Status, AttemptEnd End, bool WantsTicket)?> EndAsync(StateWrite unit, AttemptEnded ended)
    {
        Run? run = await unit.Db.Runs.FindAsync([ended.RunId], unit.CancellationToken);
        Attempt? attempt = await unit.Db.Attempts.FindAsync([ended.RunId, ended.Attempt], unit.CancellationToken);
        unit.AfterCommit(() =>
        {
            leases.Release(ended.RunId, ended.Attempt);
            retention.Consider(ended.RunId);
        });
        if (run is null || attempt is null || attempt.EndedAt is not null)
        {
            return null;
        }

        Close(attempt, ended);
        run.TrainedTicks += (attempt.EndedAt!.Value - attempt.StartedAt).Ticks;
        if (run.Attempt == ended.Attempt && run.ReusedFrom is null && ended.Artifacts.Count > 0)
        {
            run.Artifacts = JsonSerializer.Serialize(ended.Artifacts, ContractJson.Options);
            run.ArtifactsAttempt = ended.Attempt;
        }

        if (run.State.End(ended.Attempt, ended.Outcome, ended.Failure?.Kind) is { } next)
        {
            await MoveAsync(unit, run, next, attempt);
        }

        await trust.JudgeAsync(unit, ended);
        unit.RunChanged(run.Id, run.SweepId);
        return (run.Status, new AttemptEnd(attempt.Number, attempt.LastEpoch, attempt.LastIteration), await WantsTicketAsync(unit, run));
    }

    /// <summary>
    /// True when a run may wait again, or when another run of a sweep with a limit may start. Otherwise the dispatcher need not run.
    /// </summary>
    private static async Task<bool> WantsTicketAsync(StateWrite unit, Run run) =>
        run.Status != RunStatus.Completed
        || (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!.MaxConcurrency is not null;

    private void Close(Attempt attempt, AttemptEnded ended)
    {
        DateTimeOffset now = time.GetUtcNow();

        // Workers' clocks may be wrong, and this machine's may have been set back.
        DateTimeOffset end = ended.Time < attempt.StartedAt || ended.Time > now ? now : ended.Time;
        attempt.EndedAt = end < attempt.StartedAt ? attempt.StartedAt : end;
        attempt.Outcome = ended.Outcome;
        attempt.FailureKind = ended.Failure?.Kind;
        attempt.FailureMessage = ended.Failure?.Message;
        attempt.HasCheckpoint |= ended.Outcome == AttemptOutcome.HandedBack && checkpoints.Exists(attempt.RunId, attempt.Number);
    }

    private async Task MoveAsync(StateWrite unit, Run run, RunState next, Attempt attempt)
    {
        bool isFailure = attempt.Outcome is AttemptOutcome.Failed or AttemptOutcome.Lost;
        run.State = next;
        run.CrashedOn = isFailure ? attempt.WorkerId : null;
        await stages.HandOverAsync(unit, run, attempt);
        if (next.Status == RunStatus.Paused)
        {
            await twins.ReleaseWaitingAsync(unit, run.Id);
            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, attempt.EndedAt!.Value);
            return;
        }

        if (!RunTransitions.HasEnded(next.Status))
        {
            await twins.ReleaseAfterAttemptAsync(unit, run);
            await twins.TrySettleAsync(unit, run, (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!);
            return;
        }

        run.FinishedAt = attempt.EndedAt;
        (run.FailureKind, run.FailureMessage) = next.Status == RunStatus.Failed ? (attempt.FailureKind, attempt.FailureMessage) : (null, null);
        await (next.Status == RunStatus.Completed ? twins.CompleteWaitingAsync(unit, run) : twins.ReleaseWaitingAsync(unit, run.Id));
        await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, attempt.EndedAt!.Value);
    }
}
