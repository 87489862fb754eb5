using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>One Orchestrator, a few workers and a broker on simulated time, through all kinds of trouble and then to the end of every run.</summary>
internal static class Simulation
{
    /// <summary>Longer than it takes to resend lost tickets (at most 10 minutes) and to train all runs on one worker.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);

    /// <summary>Time for what is still in progress.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <exception cref="Exception">An invariant was violated.</exception>
    public static void Run(int seed, MemoryDatabase database, Action<string>? trace)
    {
        using var world = new World(seed, database, trace);
        EventLoop loop = world.Loop;
        var trouble = new Trouble(world);
        var users = new SimulatedUsers(world);
        world.Orchestrator.Start();
        trouble.AddWorkers();
        loop.Start(trouble.CauseAsync);
        loop.Start(users.WishAsync);
        loop.RunUntil(() => false, TimeSpan.FromSeconds(15 + world.Luck.Next(60)));

        trouble.End();
        loop.Start(users.ResumeAllAsync);
        Await(world, () => world.HaveAllRunsEnded, "to end");
        CheckFailures(world.Stored);

        loop.Start(users.RetryAllAsync);
        Await(world, () => world.Stored.Runs.Values.All(run => run.Status == RunStatus.Completed), "to complete");

        // When all runs were deleted, nothing else waits for an Orchestrator that has not restarted yet.
        loop.RunUntil(() => world.Stored.Deleted.Values.All(isRemoved => isRemoved), loop.Now + Limit);
        loop.RunUntil(() => false, loop.Now + Rest);
        CheckEnd(world);
    }

    private static void Await(World world, Func<bool> isSo, string what)
    {
        if (!world.Loop.RunUntil(isSo, world.Loop.Now + Limit))
        {
            throw new InvariantException(
                $"within {Limit} without trouble these did not come {what}: "
                + string.Join(", ", world.Stored.Runs.Values.Where(run => run.Status != RunStatus.Completed)));
        }
    }

    /// <summary>A run fails only because its attempts did, and after crashes and losses only when all tries are used up.</summary>
    private static void CheckFailures(StoredState stored)
    {
        foreach (StoredRun run in stored.Runs.Values.Where(run => run.Status == RunStatus.Failed))
        {
            StoredAttempt last = stored.Attempts[run.Id].Last();
            bool isRight = last.Failure is FailureKind.Crash or FailureKind.Lost
                ? run.State.TriesLeft == 0
                : last is { Outcome: AttemptOutcome.Failed, Failure: not null };
            Require(isRight, $"{run} failed after {last}");
        }
    }

    private static void CheckEnd(World world)
    {
        StoredState stored = world.Stored;
        var curves = StoredState.ReadCurves(world.Database.MetricQueries);
        foreach (StoredRun run in stored.Runs.Values.Where(run => run.ReusedFrom is null))
        {
            Require(stored.Attempts[run.Id].Last().Outcome == AttemptOutcome.Completed, $"{run} completed without its last attempt");
            Require(run.Epoch == run.Epochs, $"{run} has not all its epochs");
            var expected = Enumerable.Range(1, run.Epochs).Select(epoch => ((long)epoch, SimulatedAttempt.ValueOf(run.Id, epoch)));
            var curve = curves[(run.Id, MetricNames.ValidationAccuracy)];
            Require(curve.SequenceEqual(expected), $"the history of {run} is {string.Join(", ", curve)}");
            Require(world.Orchestrator.Process.Get<LeaseTable>().Find(run.Id) is null, $"a worker still has the lease of {run}");
        }

        foreach (StoredRun run in stored.Runs.Values.Where(run => run.ReusedFrom is not null))
        {
            Require(run.Epoch == run.Epochs && stored.Runs[run.ReusedFrom!] is { ReusedFrom: null, Status: RunStatus.Completed }, $"{run} took over nothing");
        }

        // A cancelled sweep stays cancelled when its cancelled runs are deleted, and a sweep without runs keeps its status.
        HashSet<string> left = [.. stored.Runs.Values.Select(run => run.SweepId)];
        StoredSweep[] trained = [.. stored.Sweeps.Values.Where(sweep => stored.Deleted.Count == 0 || (sweep.Status != SweepStatus.Cancelled && left.Contains(sweep.Id)))];
        Require(trained.All(sweep => sweep.Status == SweepStatus.Completed), $"not completed: {string.Join<StoredSweep>(", ", trained)}");
        CheckDeleted(stored, curves.Select(curve => curve.Key.RunId));
    }

    /// <summary>Nothing of a deleted run remains, however late its last report arrived.</summary>
    private static void CheckDeleted(StoredState stored, IEnumerable<string> measured)
    {
        Require(stored.Deleted.Values.All(isRemoved => isRemoved), $"still to be removed: {string.Join(", ", stored.Deleted.Where(run => !run.Value).Select(run => run.Key))}");
        Require(!measured.Any(stored.Deleted.ContainsKey), "a deleted run has a curve");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvariantException(otherwise);
        }
    }
}
