using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;
using Experiments.Orchestrator.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs;

/// <summary>
/// Gives runs to workers. A claim whose answer is lost on the way leaves a lease that nobody renews: the run waits for
/// one lease and is then handed out again.
/// </summary>
public sealed class RunClaims(
    StateWriter writer,
    LeaseTable leases,
    WorkerTable workers,
    TicketSignal tickets,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<RunClaims> logger)
{
    /// <summary>The waiting run that matters most, with a lease for <paramref name="claim"/>'s worker.</summary>
    /// <returns><see cref="RunClaimed"/> or <see cref="ClaimRefused"/>.</returns>
    public async Task<object> ClaimAsync(ClaimRun claim, CancellationToken cancellationToken)
    {
        if (workers.WhyNoRuns(claim.WorkerId) is { } reason)
        {
            return await RefuseAsync(claim, reason, cancellationToken);
        }

        (Run Run, Sweep Sweep, Attempt Attempt)? granted = await writer.WriteAsync(unit => GrantAsync(unit, claim.WorkerId), cancellationToken);
        if (granted is not var (run, sweep, attempt))
        {
            return await RefuseAsync(claim, "no run is waiting", cancellationToken);
        }

        tickets.Claimed();
        logger.LogInformation(
            "Run {RunId} of sweep {SweepId} claimed by {WorkerId} as attempt {Attempt} from epoch {Epoch}",
            run.Id, run.SweepId, claim.WorkerId, attempt.Number, attempt.FirstEpoch);
        return Answer(run, sweep, attempt);
    }

    private async Task<(Run Run, Sweep Sweep, Attempt Attempt)?> GrantAsync(StateWrite unit, string workerId)
    {
        if (await NextRunAsync(unit.Db, workerId, unit.CancellationToken) is not var (sweep, run) || run.State.Claim() is not { } claimed)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        run.State = claimed;
        run.WorkerId = workerId;
        run.StartedAt ??= now;
        run.TicketSentAt = null;
        Attempt attempt = await AddAttemptAsync(unit, run, now);
        unit.RunChanged(run.Id, run.SweepId);
        unit.WorkerChanged(workerId);
        unit.AfterCommit(() => leases.Grant(run.Id, run.SweepId, attempt.Number, workerId));
        return (run, sweep, attempt);
    }

    /// <summary>Highest priority first; among equals the sweep with the fewest running runs, then the oldest; in it the lowest cell.</summary>
    private static async Task<(Sweep Sweep, Run Run)?> NextRunAsync(StateContext db, string workerId, CancellationToken cancellationToken)
    {
        Sweep? sweep = await db.Sweeps
            .Where(s => s.Status == SweepStatus.Running && db.Runs.Any(r => r.SweepId == s.Id && r.Status == RunStatus.Queued))
            .OrderByDescending(s => s.Priority)
            .ThenBy(s => db.Runs.Count(r => r.SweepId == s.Id && r.Status == RunStatus.Running))
            .ThenBy(s => s.CreatedAt)
            .ThenBy(s => s.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (sweep is null)
        {
            return null;
        }

        // A run that crashed here should rather try another worker: it may not be the run's fault.
        IQueryable<Run> waiting = db.Runs.Where(r => r.SweepId == sweep.Id && r.Status == RunStatus.Queued).OrderBy(r => r.Cell);
        Run? run = await waiting.FirstOrDefaultAsync(r => r.CrashedOn != workerId, cancellationToken)
            ?? await waiting.FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : (sweep, run);
    }

    private async Task<Attempt> AddAttemptAsync(StateWrite unit, Run run, DateTimeOffset now)
    {
        List<Attempt> earlier = await unit.Db.Attempts.Where(a => a.RunId == run.Id).ToListAsync(unit.CancellationToken);
        foreach (Attempt stale in earlier.Where(a => a.EndedAt is null))
        {
            // Of a run that was cancelled and retried before its worker had said that it stopped.
            stale.EndedAt = now;
            stale.Outcome = AttemptOutcome.Lost;
        }

        ResumePoint resume = ResumePoint.After(earlier);
        WorkerStatus? worker = workers.Find(run.WorkerId!);
        var attempt = new Attempt
        {
            RunId = run.Id,
            Number = run.Attempt,
            WorkerId = run.WorkerId!,
            Host = worker?.Host,
            Device = worker?.Device,
            StartedAt = now,
            ResumedFrom = resume.Attempt,
            FirstEpoch = resume.Epoch,
            LastEpoch = resume.Epoch,
        };
        unit.Db.Attempts.Add(attempt);
        return attempt;
    }

    private RunClaimed Answer(Run run, Sweep sweep, Attempt attempt)
    {
        (Hyperparameters hyperparameters, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
        return new RunClaimed
        {
            SweepId = run.SweepId,
            RunId = run.Id,
            Attempt = attempt.Number,
            Hyperparameters = hyperparameters,
            Dataset = dataset,
            Objective = sweep.Objective,
            Epochs = new EpochRange(attempt.FirstEpoch, run.Epochs),
            ResumeFromAttempt = attempt.ResumedFrom,
            LeaseSeconds = options.Value.Seconds,
            TraceParent = run.TraceParent,
        };
    }

    /// <summary>The refused worker has used up the ticket of its run: the dispatcher sends another when the run can go.</summary>
    private async Task<ClaimRefused> RefuseAsync(ClaimRun claim, string reason, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            unit => unit.Db.Runs
                .Where(r => r.Id == claim.RunId && r.Status == RunStatus.Queued)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.TicketSentAt, (DateTimeOffset?)null), unit.CancellationToken),
            cancellationToken);
        logger.LogDebug("Claim of {WorkerId} with the ticket of run {RunId} refused: {Reason}", claim.WorkerId, claim.RunId, reason);
        return new ClaimRefused(reason);
    }
}
