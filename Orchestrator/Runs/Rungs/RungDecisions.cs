using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Notices;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Rungs;

/// <summary>
/// Lets the stopping rule of a sweep decide, and stores its decisions in the transaction that causes them. A run that is to be paused or stopped keeps its
/// lease until its attempt has ended; see <see cref="RunState.Held"/>.
/// </summary>
public sealed class RungDecisions(LeaseTable leases, StopNotices notices, TicketQueue tickets, TimeProvider time, ILogger<RungDecisions> logger)
{
    private const string SweepEnded = "; the sweep ended before it was promoted";

    /// <summary>The run gets a worker: from now on the rule knows it.</summary>
    /// <returns>The epoch at which the attempt ends.</returns>
    internal static async Task<int> EnterAsync(StateWrite unit, Sweep sweep, Run run, int finished)
    {
        if (StoredRule.Find(sweep) is not { } rule)
        {
            return run.Epochs;
        }

        RunProgress progress = await KnownAsync(unit, rule, run);
        return Math.Min(rule.NextHold(progress, finished) ?? run.Epochs, run.Epochs);
    }

    /// <summary>An attempt that holds the lease of the run finished an epoch.</summary>
    internal async Task ReportedAsync(StateWrite unit, Sweep sweep, Run run, EpochFinished report)
    {
        if (run.Status != RunStatus.Running || report.Epoch >= run.Epochs || StoredRule.Find(sweep) is not { } rule || StoredProgress.Find(run) is not { } progress)
        {
            return;
        }

        if (run.Held is not null)
        {
            // Resuming its sweep told the attempt to continue.
            HandBack(unit, run);
        }
        else if (rule.Heeds(progress, report.Epoch))
        {
            double value = report.Metrics.TryGetValue(sweep.ObjectiveMetric, out double measured) ? measured : double.NaN;
            StoppingState state = await StoredProgress.ReadAsync(unit, sweep.Id);
            await ApplyAsync(unit, run, rule.Apply(state, new StoppingEvent.Reported(run.Cell, report.Epoch, value)));
        }
    }

    /// <summary>A user lets a run continue past the rule. The caller has to refresh the status of the sweep.</summary>
    /// <param name="epochs">Up to this epoch; null for the last one.</param>
    /// <returns>False when there is nothing to promote.</returns>
    internal async Task<bool> TryPromoteAsync(StateWrite unit, Sweep sweep, Run run, int? epochs)
    {
        if (StoredRule.Find(sweep) is not { } rule)
        {
            return false;
        }

        await KnownAsync(unit, rule, run);
        StoppingStep step = rule.Apply(await StoredProgress.ReadAsync(unit, sweep.Id), new StoppingEvent.PromotedByHand(run.Cell, epochs));
        await ApplyAsync(unit, run, step);
        return step.Actions.Count > 0;
    }

    /// <summary>
    /// No run of the sweep waits or trains: the rule promotes one more, or its paused runs are stopped. The caller has to refresh the status of the sweep.
    /// </summary>
    /// <returns>Whether a run was promoted.</returns>
    internal async Task<bool> SettleIdleAsync(StateWrite unit, Sweep sweep)
    {
        if (StoredRule.Find(sweep) is not { } rule)
        {
            return false;
        }

        StoppingStep step = rule.Apply(await StoredProgress.ReadAsync(unit, sweep.Id), new StoppingEvent.Idle());
        foreach (StoppingAction action in step.Actions)
        {
            Apply(unit, await FindAsync(unit, sweep.Id, action.Run), action);
        }

        if (step.Actions.Count > 0)
        {
            return true;
        }

        foreach (Run run in await unit.Db.Runs.Where(run => run.SweepId == sweep.Id && run.Status == RunStatus.Paused).OrderBy(run => run.Cell).ToListAsync(unit.CancellationToken))
        {
            StopForGood(unit, run);
        }

        return false;
    }

    /// <summary>The sweep was extended: the rule decides again about the runs that were paused when it had ended.</summary>
    internal static async Task ResumeAsync(StateWrite unit, Sweep sweep)
    {
        if (StoredRule.Find(sweep) is not SuccessiveHalving)
        {
            return;
        }

        foreach (Run run in await unit.Db.Runs.Where(run => run.SweepId == sweep.Id && run.Status == RunStatus.Stopped).ToListAsync(unit.CancellationToken))
        {
            run.State = run.State.After(RunCause.SearchResumed)!.Value;
            run.FinishedAt = null;
            unit.RunChanged(run.Id, run.SweepId);
        }
    }

    private static async Task<RunProgress> KnownAsync(StateWrite unit, IStoppingRule rule, Run run)
    {
        if (StoredProgress.Find(run) is { } known)
        {
            return known;
        }

        // Only rules with brackets look at the other runs, to choose one.
        StoppingState state = rule.Rungs.Count > 1 ? await StoredProgress.ReadAsync(unit, run.SweepId) : StoppingState.Initial;
        RunProgress progress = rule.Apply(state, new StoppingEvent.Created(run.Cell)).State.Of(run.Cell);
        run.Progress = StoredProgress.Write(progress);
        return progress with { PromotedTo = run.PromotedTo };
    }

    private static Task<Run> FindAsync(StateWrite unit, string sweepId, int cell) =>
        unit.Db.Runs.SingleAsync(run => run.SweepId == sweepId && run.Cell == cell, unit.CancellationToken);

    /// <param name="own">The run of the event; only its entry and those of the actions' runs change.</param>
    private async Task ApplyAsync(StateWrite unit, Run own, StoppingStep step)
    {
        RunProgress after = step.State.Of(own.Cell);
        (own.Progress, own.PromotedTo) = (StoredProgress.Write(after), after.PromotedTo);
        foreach (StoppingAction action in step.Actions)
        {
            Apply(unit, action.Run == own.Cell ? own : await FindAsync(unit, own.SweepId, action.Run), action);
        }
    }

    private void Apply(StateWrite unit, Run run, StoppingAction action)
    {
        switch (action.Decision)
        {
            case StoppingDecision.Pause or StoppingDecision.Stop:
                run.State = run.State.Hold(action.Decision == StoppingDecision.Pause ? RunStatus.Paused : RunStatus.Stopped)
                    ?? throw new InvalidOperationException($"run {run.Id} is {run.Status} and cannot be held");
                HandBack(unit, run);
                break;
            case StoppingDecision.Promote:
                run.State = run.State.Promote() ?? throw new InvalidOperationException($"run {run.Id} is {run.Status} and cannot be promoted");
                run.FinishedAt = null;
                unit.AfterCommit(tickets.Wanted);
                break;
            case StoppingDecision.Continue:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action.Decision, "not a decision of a stopping rule");
        }

        double? value = double.IsFinite(action.Value) ? action.Value : null;
        Record(unit, run, EnumText.Of(action.Decision), new RunDecision(action.Epoch, value, action.Rank, action.Of, action.Reason));
    }

    private void StopForGood(StateWrite unit, Run run)
    {
        run.State = run.State.After(RunCause.SearchEnded)!.Value;
        run.FinishedAt = time.GetUtcNow();
        RunDecision paused = StoredDecision.Find(run) ?? new RunDecision(run.Epoch, null, null, null, $"paused after epoch {run.Epoch}");

        // Before an extension the sweep had ended already.
        string reason = paused.Reason.EndsWith(SweepEnded, StringComparison.Ordinal) ? paused.Reason : paused.Reason + SweepEnded;
        Record(unit, run, EnumText.Of(StoppingDecision.Stop), paused with { Reason = reason });
    }

    private void Record(StateWrite unit, Run run, string action, RunDecision decision)
    {
        run.Decision = StoredDecision.Write(decision);
        unit.Db.StoppingRecords.Add(new StoppingRecord
        {
            SweepId = run.SweepId,
            RunId = run.Id,
            Time = time.GetUtcNow(),
            Action = action,
            Epoch = decision.Epoch,
            Reason = decision.Reason,
        });
        unit.RunChanged(run.Id, run.SweepId);
        logger.LogInformation("Run {RunId} of sweep {SweepId}, attempt {Attempt}: {Reason}", run.Id, run.SweepId, run.Attempt, decision.Reason);
    }

    /// <summary>The attempt ends with a checkpoint. If it has just ended by itself, nothing happens.</summary>
    private void HandBack(StateWrite unit, Run run) => unit.AfterCommit(() =>
    {
        if (leases.Direct(run.Id, AttemptDirective.HandBack) is { } lease)
        {
            notices.Send(lease);
        }
    });
}
