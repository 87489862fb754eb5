using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Runs.Stages;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>
/// Gives runs to workers. If the answer to a claim is lost, no worker renews its lease: the run is handed out again once the lease has expired.
/// </summary>
public sealed class RunClaims(
    StateWriter writer,
    LeaseTable leases,
    WorkerTable workers,
    TwinRuns twins,
    SharedStages stages,
    TicketQueue tickets,
    SpaceBudget space,
    IOptions<LeaseOptions> options,
    TimeProvider time,
    ILogger<RunClaims> logger) : IDisposable
{
    /// <summary>How many runs one claim may settle without handing them out; the next claim continues with the others.</summary>
    private const int MostPassed = 50;

    /// <summary>
    /// Only one claim at a time waits for its turn to write. Ends of attempts are applied one by one, and many waiting claims would take most turns:
    /// short runs would be handed out faster than their ends are applied, until leases expire whose attempts ended long ago.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Grants the waiting run with the highest priority, with a lease for <paramref name="claim"/>'s worker.</summary>
    /// <param name="tokenId">The token of the worker, which has to report with it; null where workers need none.</param>
    /// <exception cref="BadMessageException">It names no worker.</exception>
    public async Task<Answer<RunClaimed, ClaimRefused>> ClaimAsync(ClaimRun claim, CancellationToken cancellationToken, string? tokenId = null)
    {
        HeartbeatCheck.RequireId(claim.WorkerId);
        if ((workers.WhyNoRuns(claim.WorkerId) ?? space.FindShortage()?.Reason) is { } reason)
        {
            return Refuse(claim, reason);
        }

        if (await TakeTurnAsync(claim, tokenId, cancellationToken) is not { } granted)
        {
            return Refuse(claim, "no run is waiting");
        }

        workers.Change(claim.WorkerId, worker => worker with { IdleSince = null });
        tickets.Used(isGranted: true);
        logger.LogInformation(
            "Run {RunId} of sweep {SweepId} claimed by {WorkerId} as attempt {Attempt} from epoch {Epoch}",
            granted.RunId, granted.SweepId, claim.WorkerId, granted.Attempt, granted.Epochs.First);
        return granted;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<RunClaimed?> TakeTurnAsync(ClaimRun claim, string? tokenId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await writer.WriteAsync(unit => GrantAsync(unit, claim, tokenId), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RunClaimed?> GrantAsync(StateWrite unit, ClaimRun claim, string? tokenId)
    {
        for (int passed = 0; passed < MostPassed; passed++)
        {
            if (await WaitingRuns.NextAsync(unit.Db, claim, unit.CancellationToken) is not var (sweep, run))
            {
                return null;
            }

            List<Twin> equal = await TwinLookup.OfAsync(unit.Db, run, unit.CancellationToken);
            if (!await twins.TrySettleAsync(unit, run, sweep, equal)
                && await TryReadAsync(unit, run) is var (hyperparameters, dataset)
                && !(claim.Contract >= ClaimRun.SharesStages && await stages.TryWaitAsync(unit, run, hyperparameters)))
            {
                Attempt attempt = await GrantAsync(unit, claim, run, tokenId);
                await twins.HoldBackOthersAsync(unit, run, equal);
                int end = await EndAsync(unit, claim, sweep, run, hyperparameters, attempt);
                attempt.UntilEpoch = Math.Max(end, attempt.UntilEpoch ?? run.Epochs);
                return await AnswerAsync(unit, run, sweep, attempt, end, hyperparameters, dataset);
            }

            await unit.Db.SaveChangesAsync(unit.CancellationToken);
        }

        return null;
    }

    /// <summary>Reads the configuration of a run. A run whose configuration this version cannot read fails; returns null then.</summary>
    private async Task<(Hyperparameters Hyperparameters, DatasetSpec Dataset)?> TryReadAsync(StateWrite unit, Run run)
    {
        try
        {
            return RunConfig.FromJson(run.Config);
        }
        catch (FormatException exception)
        {
            run.State = run.State.After(RunCause.Unreadable)!.Value;
            DateTimeOffset now = time.GetUtcNow();
            run.FinishedAt = now;
            (run.FailureKind, run.FailureMessage) = (FailureKind.Invalid, $"{exception.Message}. It was stored by another version; launch a sweep with a value that is allowed");
            unit.RunChanged(run.Id, run.SweepId);
            await twins.ReleaseWaitingAsync(unit, run.Id);
            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, now);
            logger.LogWarning("Run {RunId} of sweep {SweepId} failed, it cannot be trained: {Reason}", run.Id, run.SweepId, exception.Message);
            return null;
        }
    }

    private async Task<Attempt> GrantAsync(StateWrite unit, ClaimRun claim, Run run, string? tokenId)
    {
        DateTimeOffset now = time.GetUtcNow();
        run.State = run.State.Claim()!.Value;
        run.WorkerId = claim.WorkerId;
        run.StartedAt ??= now;
        Attempt attempt = await AddAttemptAsync(unit, run, tokenId, now);
        unit.RunChanged(run.Id, run.SweepId);
        unit.WorkerChanged(claim.WorkerId);
        unit.AfterCommit(() => leases.Grant(run.Id, run.SweepId, attempt.Number, claim.WorkerId, tokenId));
        return attempt;
    }

    /// <summary>The epoch at which the attempt ends: the last one, a rung, or the end of a stage.</summary>
    private async Task<int> EndAsync(StateWrite unit, ClaimRun claim, Sweep sweep, Run run, Hyperparameters hyperparameters, Attempt attempt)
    {
        int end = await RungDecisions.EnterAsync(unit, sweep, run, attempt.FirstEpoch);
        return claim.Contract >= ClaimRun.SharesStages && await stages.HoldBackOthersAsync(unit, run, attempt, hyperparameters) is { } stage
            ? Math.Min(end, stage)
            : end;
    }

    private async Task<Attempt> AddAttemptAsync(StateWrite unit, Run run, string? tokenId, DateTimeOffset now)
    {
        List<Attempt> earlier = run.Attempt == 1 && run.SharedFrom is null ? [] : await unit.Db.Attempts.Where(a => a.RunId == run.Id).ToListAsync(unit.CancellationToken);
        foreach (Attempt stale in earlier.Where(a => a.EndedAt is null))
        {
            // The run was cancelled and retried before its worker reported that it had stopped.
            stale.EndedAt = now;
            stale.Outcome = AttemptOutcome.Lost;
        }

        DateTimeOffset waitsSince = earlier.Where(a => a.Number != Attempt.OfStage).Max(a => a.EndedAt) ?? run.CreatedAt;
        unit.AfterCommit(() => ExperimentsMetrics.QueueWait.Record((now - waitsSince).TotalSeconds));
        ResumeSource resume = ResumeSource.After(earlier);
        if (resume.Attempt is null)
        {
            (run.SharedFrom, run.SharedEpochs) = (null, 0);
        }

        WorkerStatus? worker = workers.Find(run.WorkerId!);
        var attempt = new Attempt
        {
            RunId = run.Id,
            Number = run.Attempt,
            WorkerId = run.WorkerId!,
            Host = worker?.Host,
            Device = worker?.Device,
            TokenId = tokenId,
            StartedAt = now,
            ResumedFrom = resume.Attempt,
            BatchParts = run.BatchParts,
            FirstEpoch = resume.Epoch,
            LastEpoch = resume.Epoch,
            UntilEpoch = resume.UntilEpoch,
        };
        unit.Db.Attempts.Add(attempt);
        return attempt;
    }

    private async Task<RunClaimed> AnswerAsync(
        StateWrite unit, Run run, Sweep sweep, Attempt attempt, int end, Hyperparameters hyperparameters, DatasetSpec dataset) =>
        new()
        {
            SweepId = run.SweepId,
            RunId = run.Id,
            Attempt = attempt.Number,
            Hyperparameters = await ReusedSources.ResolveAsync(unit.Db, hyperparameters, unit.CancellationToken),
            Dataset = dataset,
            Objective = sweep.Objective,
            Epochs = new EpochRange(attempt.FirstEpoch, end),
            ResumeFromAttempt = attempt.ResumedFrom,
            LeaseSeconds = options.Value.Seconds,
            BatchParts = attempt.BatchParts,
            Inputs = InputsJson.Read(run.Inputs),
            TraceParent = run.TraceParent,
        };

    private ClaimRefused Refuse(ClaimRun claim, string reason)
    {
        tickets.Used(isGranted: false);
        logger.LogDebug("Claim of {WorkerId} with the ticket of run {RunId} refused: {Reason}", claim.WorkerId, claim.RunId, reason);
        return new ClaimRefused(reason);
    }
}
