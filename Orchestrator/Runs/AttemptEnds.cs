using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Runs;

/// <summary>Takes in the end of attempts, reported by their worker or found out by the <see cref="LeaseKeeper"/>.</summary>
public sealed class AttemptEnds(
    StateWriter writer,
    LeaseTable leases,
    WorkerTrust trust,
    TicketSignal tickets,
    CheckpointFiles checkpoints,
    MetricArchive archive,
    TimeProvider time,
    ILogger<AttemptEnds> logger)
{
    /// <summary>Applies an end once; a second report of it, or one that comes after the lease was lost, changes nothing.</summary>
    public async Task HandleAsync(AttemptEnded ended, CancellationToken cancellationToken)
    {
        (RunStatus Status, AttemptEnd End)? applied = await writer.WriteAsync(unit => EndAsync(unit, ended), cancellationToken);
        if (applied is not var (status, end))
        {
            logger.LogInformation(
                "End ({Outcome}) of attempt {Attempt} of run {RunId} of sweep {SweepId} ignored: it has ended already",
                ended.Outcome, ended.Attempt, ended.RunId, ended.SweepId);
            return;
        }

        logger.LogInformation(
            "Attempt {Attempt} of run {RunId} of sweep {SweepId} on {WorkerId} ended: {Outcome} {Failure}; the run is {Status}",
            ended.Attempt, ended.RunId, ended.SweepId, ended.WorkerId, ended.Outcome, ended.Failure?.Message, status);
        tickets.Wanted();
        if (status == RunStatus.Completed)
        {
            await archive.TrimAsync(ended.RunId, end, cancellationToken);
        }
    }

    /// <summary>The lease has expired.</summary>
    public Task LoseAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        HandleAsync(
            new AttemptEnded
            {
                SweepId = lease.SweepId,
                RunId = lease.RunId,
                Attempt = lease.Attempt,
                WorkerId = lease.WorkerId,
                Outcome = AttemptOutcome.Lost,
                Failure = new RunFailure(FailureKind.Lost, $"worker {lease.WorkerId} was not heard of for {duration.TotalSeconds:0.#} s"),
                Time = time.GetUtcNow(),
            },
            cancellationToken);

    private async Task<(RunStatus Status, AttemptEnd End)?> EndAsync(StateWrite unit, AttemptEnded ended)
    {
        Run? run = await unit.Db.Runs.FindAsync([ended.RunId], unit.CancellationToken);
        Attempt? attempt = await unit.Db.Attempts.FindAsync([ended.RunId, ended.Attempt], unit.CancellationToken);
        unit.AfterCommit(() => leases.Release(ended.RunId, ended.Attempt));
        if (run is null || attempt is null || attempt.EndedAt is not null)
        {
            return null;
        }

        Close(attempt, ended);
        run.TrainedTicks += (attempt.EndedAt!.Value - attempt.StartedAt).Ticks;
        if (run.Attempt == ended.Attempt && ended.Artifacts.Count > 0)
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
        return (run.Status, new AttemptEnd(attempt.Number, attempt.LastEpoch, attempt.LastIteration));
    }

    private void Close(Attempt attempt, AttemptEnded ended)
    {
        DateTimeOffset now = time.GetUtcNow();

        // Workers' clocks may be wrong.
        attempt.EndedAt = ended.Time < attempt.StartedAt || ended.Time > now ? now : ended.Time;
        attempt.Outcome = ended.Outcome;
        attempt.FailureKind = ended.Failure?.Kind;
        attempt.FailureMessage = ended.Failure?.Message;
        attempt.HasCheckpoint |= ended.Outcome == AttemptOutcome.HandedBack && checkpoints.Exists(attempt.RunId, attempt.Number);
    }

    private static async Task MoveAsync(StateWrite unit, Run run, RunState next, Attempt attempt)
    {
        bool isFailure = attempt.Outcome is AttemptOutcome.Failed or AttemptOutcome.Lost;
        run.State = next;
        run.CrashedOn = isFailure ? attempt.WorkerId : null;
        if (!RunTransitions.HasEnded(next.Status))
        {
            run.TicketSentAt = null;
            return;
        }

        run.FinishedAt = attempt.EndedAt;
        (run.FailureKind, run.FailureMessage) = isFailure ? (attempt.FailureKind, attempt.FailureMessage) : (null, null);
        await SweepProgress.RefreshAsync(unit, run.SweepId, attempt.EndedAt!.Value);
    }
}
