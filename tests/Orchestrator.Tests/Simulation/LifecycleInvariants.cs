using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>What must hold after every commit, regardless of what happened before. Pure.</summary>
internal static class LifecycleInvariants
{
    /// <param name="mayRetry">Whether a user has asked for another try of this run.</param>
    public static void Check(StoredState before, StoredState now, Func<StoredRun, bool> mayRetry)
    {
        bool isPardon = now.SetAside.Keys.Except(before.SetAside.Keys).Any();
        foreach (StoredRun run in now.Runs.Values)
        {
            CheckAttempts(run, [.. now.Attempts[run.Id]]);
            bool isWanted = before.Sweeps[run.SweepId].Status != SweepStatus.Cancelled;
            CheckStep(before.Runs[run.Id], run, mayBeginAgain: (isPardon && isWanted) || mayRetry(run));
            TwinInvariants.Check(before.Runs[run.Id], run, now);
        }

        CheckDeletions(before, now);
        foreach (StoredSweep sweep in now.Sweeps.Values)
        {
            CheckSweep(sweep, [.. now.Runs.Values.Where(run => run.SweepId == sweep.Id)]);
        }
    }

    /// <summary>What must hold in the memory of a running Orchestrator when nothing is in progress.</summary>
    public static void CheckLeases(StoredState now, LeaseTable leases)
    {
        foreach (StoredRun run in now.Runs.Values)
        {
            Lease? lease = leases.Find(run.Id);
            Require(lease is not null || run.Status != RunStatus.Running, $"no worker holds the lease of {run}");
            Require(lease is null || lease.Attempt == run.Attempt, $"an older attempt holds the lease of {run}: {lease}");
            Require(
                lease is null || now.Attempts[run.Id].Any(attempt => attempt.IsOpen && attempt.WorkerId == lease.WorkerId),
                $"the lease of {run} outlived its attempt: {lease}");
        }
    }

    /// <summary>Only what has ended is deleted, as a whole and with a mark that remains; nothing comes back.</summary>
    private static void CheckDeletions(StoredState before, StoredState now)
    {
        foreach (StoredRun run in before.Runs.Values.Where(run => !now.Runs.ContainsKey(run.Id)))
        {
            Require(RunTransitions.HasEnded(run.Status), $"{run} had not ended and was deleted");
            Require(!before.Attempts[run.Id].Any(attempt => attempt.IsOpen), $"{run} was deleted while an attempt was running");
            Require(!now.Attempts[run.Id].Any(), $"{run} was deleted and left attempts");
            Require(now.Deleted.ContainsKey(run.Id), $"{run} was deleted without a mark");
        }

        foreach (StoredSweep sweep in before.Sweeps.Values.Where(sweep => !now.Sweeps.ContainsKey(sweep.Id)))
        {
            Require(!SweepStatusUpdater.IsOpen(sweep.Status), $"{sweep} had not ended and was deleted");
            Require(now.Runs.Values.All(run => run.SweepId != sweep.Id), $"{sweep} was deleted and left runs");
        }

        Require(!now.Deleted.Keys.Any(now.Runs.ContainsKey), "a deleted run is there again");
        Require(before.Deleted.All(run => now.Deleted.TryGetValue(run.Key, out bool isRemoved) && (isRemoved || !run.Value)), "the mark of a deleted run is gone");
    }

    private static void CheckAttempts(StoredRun run, StoredAttempt[] attempts)
    {
        Require(
            attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, run.Attempt)),
            $"{run} has the attempts {string.Join(", ", attempts.Select(attempt => attempt.Number))}");
        StoredAttempt[] open = [.. attempts.Where(attempt => attempt.IsOpen)];
        Require(open.Length <= 1, $"{run} has {open.Length} attempts that have not ended");
        Require(open.Length == 0 || open[0].Number == run.Attempt, $"{run} was handed out again, but attempt {open.FirstOrDefault()?.Number} is still running");
        Require(run.Status != RunStatus.Running || open.Length == 1, $"{run} has no running attempt");
        Require(run.State.TriesLeft >= 0, $"{run} has used up more tries than it had");
        Require(run.State.TriesLeft > 0 || RunTransitions.HasEnded(run.Status), $"{run} has no attempts left and continues");
    }

    private static void CheckStep(StoredRun was, StoredRun run, bool mayBeginAgain)
    {
        Require(run.Attempt == was.Attempt || run.Attempt == was.Attempt + 1, $"the attempt of {was} became {run.Attempt}");
        Require(
            run.Attempt == was.Attempt || (was.Status == RunStatus.Queued && run.Status == RunStatus.Running),
            $"{was} got an attempt and became {run}");
        if (run.Status == was.Status)
        {
            return;
        }

        Require(was.Status != RunStatus.Completed, $"{was} had completed and became {run}");
        Require(!RunTransitions.HasEnded(was.Status) || mayBeginAgain, $"{was} had ended and became {run}, and no user had asked for it");
        Require(
            Next(was.Status).Contains(run.Status)
                || Next(was.Status).SelectMany(status => Next(status, RunCause.HeldBack, RunCause.TakenOver, RunCause.Promoted, RunCause.SearchEnded)).Contains(run.Status),
            $"{was} became {run}");
    }

    /// <summary>
    /// The allowed next statuses. A run that begins to wait may find an equal run in the same transaction, and one that pauses may be promoted, or be the
    /// last: each adds a step.
    /// </summary>
    private static IEnumerable<RunStatus> Next(RunStatus status, params RunCause[] causes)
    {
        foreach (RunCause cause in causes.Length > 0 ? causes : Enum.GetValues<RunCause>())
        {
            if (RunTransitions.TryNext(status, cause, out RunStatus next))
            {
                yield return next;
            }
        }
    }

    private static void CheckSweep(StoredSweep sweep, StoredRun[] runs)
    {
        int running = runs.Count(run => run.Status == RunStatus.Running);
        Require(running <= (sweep.MaxConcurrency ?? int.MaxValue), $"{sweep} has {running} running runs");
        bool unfinished = runs.Any(run => !RunTransitions.HasEnded(run.Status));
        Require(unfinished == SweepStatusUpdater.IsOpen(sweep.Status), $"{sweep} has the runs {string.Join(", ", runs.Select(run => run.Status))}");
        Require(
            SweepStatusUpdater.StatusOf(
                sweep.Status, runs.Length > 0, unfinished, runs.Any(run => run.Status == RunStatus.Failed), runs.Any(run => run.Status == RunStatus.Cancelled)) == sweep.Status,
            $"{sweep} has the runs {string.Join(", ", runs.Select(run => run.Status))}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvariantException(otherwise);
        }
    }
}

/// <summary>A violated invariant.</summary>
internal sealed class InvariantException(string message) : Exception(message);
