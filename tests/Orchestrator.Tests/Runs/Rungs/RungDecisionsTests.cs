using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Rungs;

public sealed class RungDecisionsTests : RungsContext
{
    [Fact]
    public async Task Asha_OneWorker_TrainsTheBestToTheEndAndStopsTheOthers()
    {
        SweepView sweep = await LaunchAsync(4);

        List<string> ranges = await TrainAllAsync(sweep);

        Assert.Equal(["1: 0-1", "2: 0-1", "2: 1-2", "3: 0-1", "3: 1-2", "3: 2-4", "4: 0-1", "4: 1-2", "4: 2-4"], ranges);
        SweepView ended = await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");
        Assert.Equal((SweepStatus.Completed, 2, 2, 0), (ended.Status, ended.RunCounts.Completed, ended.RunCounts.Stopped, ended.RunCounts.Paused));
        RunView[] runs = await RunsAsync(sweep);
        Assert.Equal([RunStatus.Stopped, RunStatus.Stopped, RunStatus.Completed, RunStatus.Completed], runs.Select(run => run.Status));
        Assert.Equal([1, 2, 4, 4], runs.Select(run => run.Epoch));
        Assert.Equal("paused after epoch 1 at 0.1, rank 1 of 1, the best 0 continue; the sweep ended before it was promoted", runs[0].Decision!.Reason);
        Assert.Equal(new RunDecision(2, 0.3, 1, 2, "continues after epoch 2 at 0.3, rank 1 of 2, the best 1 continue"), runs[2].Decision);
    }

    [Fact]
    public async Task Search_OfAnEndedSweep_CountsRungsAndTellsEachDecision()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        SearchView search = await Host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search");

        Assert.Equal("asha", search.Rule);
        Assert.Equal([new SearchRung(1, 4, 3, 0, 1), new SearchRung(2, 3, 2, 0, 1)], search.Rungs);
        Assert.Equal(["pause", "continue", "pause", "continue", "continue", "continue", "continue", "stop", "stop"], search.Decisions.Select(decision => decision.Action));
    }

    [Fact]
    public async Task Asha_BetterRunsFirst_PromotesALaterOneWhenTheRungHasRoom()
    {
        SweepView sweep = await LaunchAsync(3);
        var worker = new ScriptedWorker(Host);
        RunClaimed[] claims = [await worker.ClaimAsync(), await worker.ClaimAsync(), await worker.ClaimAsync()];
        await TrainAsync(worker, claims[2]);
        await TrainAsync(worker, claims[1]);

        // Of two runs the best continues: that is the one that was paused as the only one.
        RunView best = await Host.UntilRunAsync(claims[2].RunId, run => run.Status == RunStatus.Queued);

        Assert.Equal("promoted after epoch 1 at 0.3, rank 1 of 2, the best 1 continue", best.Decision!.Reason);
        Assert.Equal(RunStatus.Paused, (await Host.UntilRunAsync(claims[1].RunId, run => run.Status != RunStatus.Running)).Status);
        Assert.Equal((claims[2].RunId, new EpochRange(1, 2), 1), await ClaimedAsync(worker));
    }

    [Fact]
    public async Task Asha_TooFewForAPromotion_TrainsTheBestToTheEnd()
    {
        SweepView sweep = await LaunchAsync(2, "stopping: { rule: asha, factor: 4 }");

        Assert.Equal(["1: 0-1", "2: 0-1", "2: 1-4"], await TrainAllAsync(sweep));
    }

    [Fact]
    public async Task Asha_BestFailsAfterItsPromotion_TrainsTheNextBestToTheEnd()
    {
        SweepView sweep = await LaunchAsync(2, "stopping: { rule: asha, factor: 4 }");
        await TrainNextAsync(sweep, []);
        await TrainNextAsync(sweep, []);
        var worker = new ScriptedWorker(Host);
        RunClaimed best = await worker.ClaimAsync();
        await worker.EndAsync(best, AttemptOutcome.Failed, FailureKind.Diverged);
        await Host.UntilRunAsync(best.RunId, run => run.Status == RunStatus.Failed);

        RunView next = await Host.UntilRunAsync((await RunsAsync(sweep))[0].Id, run => run.Status != RunStatus.Paused);

        Assert.Equal((RunStatus.Queued, "promoted after epoch 1 at 0.1, rank 2 of 2, the best 2 continue"), (next.Status, next.Decision!.Reason));
    }

    [Fact]
    public async Task Search_WhileItRuns_TellsWhatIsNextAndTheLatestDecisions()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainNextAsync(sweep, []);
        await TrainNextAsync(sweep, []);

        SearchView search = await Host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search?decisions=1");

        RunView second = (await RunsAsync(sweep))[1];
        Assert.Equal((0, 2, 1), (search.Next.Running, search.Next.Waiting, search.Next.Continuing));
        Assert.Equal(new SearchPromotion(second.Id, 2, 1, 2), Assert.Single(search.Next.Promotions));
        Assert.Equal(("continue", 2), (Assert.Single(search.Decisions).Action, search.Decisions[0].Cell));
    }

    [Fact]
    public async Task Rungs_OfASweep_HaveTheValuesOfItsRuns()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        SearchRungs search = await Host.GetAsync<SearchRungs>($"/api/sweeps/{sweep.Id}/search/rungs?maxPoints=2");

        Assert.Equal("validation/accuracy", search.Metric);
        Assert.Equal([(1, 4), (2, 3)], search.Rungs.Select(rung => (rung.Epoch, rung.Reached)));
        Assert.Equal([0.4, 0.1], search.Rungs[0].Values);
        Assert.Equal([RungFate.Continued, RungFate.Stopped], search.Rungs[0].Fates);
    }

    [Fact]
    public async Task Search_RunCancelledAtARung_IsNotPromoted()
    {
        SweepView sweep = await LaunchAsync(2);
        await TrainNextAsync(sweep, []);
        await Host.PostAsync<RunView>($"/api/runs/{(await RunsAsync(sweep))[0].Id}/cancel");

        SearchView search = await Host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search");

        Assert.Equal(new SearchRung(1, 1, 0, 0, 0), search.Rungs[0]);
    }

    [Fact]
    public async Task Extend_RunStoppedAgain_SaysOnceThatTheSweepEnded()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);
        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [0] }");
        await TrainAllAsync(sweep);

        RunView worst = (await RunsAsync(sweep))[1];

        Assert.Equal("paused after epoch 1 at 0.1, rank 1 of 1, the best 0 continue; the sweep ended before it was promoted", worst.Decision!.Reason);
    }

    [Theory]
    [InlineData(FailureKind.Crash)]
    [InlineData(FailureKind.OutOfMemory)]
    public async Task End_AttemptThatFailsAfterTheDecision_PausesAtTheRung(FailureKind failure)
    {
        await LaunchAsync(2);
        var worker = new ScriptedWorker(Host);
        RunClaimed run = await worker.ClaimAsync();
        await worker.FinishEpochAsync(run, 1, 0.1);
        await worker.EndAsync(run, AttemptOutcome.Failed, failure);

        Assert.Equal(1, (await Host.UntilRunAsync(run.RunId, seen => seen.Status == RunStatus.Paused)).Epoch);
    }

    [Fact]
    public async Task Restart_AtAnyRung_GoesOnAsIfNothingHadBeen()
    {
        SweepView sweep = await LaunchAsync(4);
        var ranges = new List<string>();
        do
        {
            await RestartAsync();
        }
        while (await TrainNextAsync(sweep, ranges));

        Assert.Equal(["1: 0-1", "2: 0-1", "2: 1-2", "3: 0-1", "3: 1-2", "3: 2-4", "4: 0-1", "4: 1-2", "4: 2-4"], ranges);
        Assert.Equal((2, 2), await EndedAsync(sweep));
    }

    [Fact]
    public async Task Cancel_Sweep_CancelsItsPausedRuns()
    {
        SweepView sweep = await LaunchAsync(2);
        await TrainNextAsync(sweep, []);

        SweepView cancelled = await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/cancel");

        Assert.Equal((SweepStatus.Cancelled, 2), (cancelled.Status, cancelled.RunCounts.Cancelled));
    }

    [Fact]
    public async Task Extend_EndedSweep_LetsTheRuleDecideAboutAllAgain()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [0, 5] }");
        SweepView extended = await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");

        Assert.Equal((SweepStatus.Running, 2, 0), (extended.Status, extended.RunCounts.Paused, extended.RunCounts.Stopped));

        // The sixth result makes room at the first rung for the second best of those that are held there, if it is among the best three.
        List<string> ranges = await TrainAllAsync(sweep);
        Assert.Equal(["5: 0-1", "6: 0-1"], ranges.Where(range => range.EndsWith(": 0-1", StringComparison.Ordinal)));
        Assert.Equal(SweepStatus.Completed, (await Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status);
    }

    [Fact]
    public async Task Median_WorseThanHalfOfTheOthers_HandsBackAndIsStopped()
    {
        SweepView sweep = await LaunchAsync(7, "stopping: { rule: median }");
        var worker = new ScriptedWorker(Host);
        RunClaimed worst = await worker.ClaimAsync();
        for (int run = 2; run <= 7; run++)
        {
            await TrainAsync(worker, await worker.ClaimAsync());
        }

        Assert.Equal(new EpochRange(0, 4), worst.Epochs);
        await worker.FinishEpochAsync(worst, 1, 0.1);
        RunView told = await Host.UntilRunAsync(worst.RunId, run => run.Decision is not null);
        Assert.Equal((RunStatus.Running, AttemptDirective.HandBack), (told.Status, (await worker.BeatAsync(worst)).Attempt));
        await worker.EndAsync(worst, AttemptOutcome.HandedBack);

        RunView stopped = await Host.UntilRunAsync(worst.RunId, run => run.Status == RunStatus.Stopped);
        Assert.NotNull(stopped.FinishedAt);
        Assert.Equal((6, 1), await EndedAsync(sweep));
    }

    [Fact]
    public async Task Claim_WorkerBuiltBeforeRanges_GetsNoRunOfARule()
    {
        await LaunchAsync(1);
        var old = new ScriptedWorker(Host) { Contract = 0 };
        var worker = new ScriptedWorker(Host, "worker-2");
        RunClaimed run = await worker.ClaimAsync();
        await worker.EndAsync(run, AttemptOutcome.HandedBack);
        await Host.UntilRunAsync(run.RunId, seen => seen.Status == RunStatus.Queued);

        Assert.Null(await old.TryClaimAsync());
        Assert.NotNull(await worker.TryClaimAsync());
    }

    [Fact]
    public async Task Pause_OfARunThatAnotherSweepWaitsFor_LetsThatOneTrain()
    {
        await LaunchAsync(2);
        var worker = new ScriptedWorker(Host);
        RunClaimed run = await worker.ClaimAsync();
        SweepView other = await LaunchAsync(1, "");
        RunView waiting = (await RunsAsync(other))[0];
        Assert.Equal(run.RunId, waiting.WaitsFor);

        await worker.FinishEpochAsync(run, 1, 0.1);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);

        Assert.Null((await Host.UntilRunAsync(waiting.Id, seen => seen.WaitsFor is null)).ReusedFrom);
    }
}
