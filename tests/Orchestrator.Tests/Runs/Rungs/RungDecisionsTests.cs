using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Rungs;

/// <summary>Runs are numbered by quality: the accuracy of cell k is k/10 at every epoch. Rungs are after epochs 1 and 2 of 4.</summary>
public sealed class RungDecisionsTests : IAsyncLifetime
{
    private const string Asha = "stopping: { rule: asha, factor: 2 }";

    private readonly TempFolder _folder = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Asha_OneWorker_TrainsTheBestToTheEndAndStopsTheOthers()
    {
        SweepView sweep = await LaunchAsync(4);

        List<string> ranges = await TrainAllAsync(sweep);

        Assert.Equal(["1: 0-1", "2: 0-1", "2: 1-2", "3: 0-1", "3: 1-2", "3: 2-4", "4: 0-1", "4: 1-2", "4: 2-4"], ranges);
        SweepView ended = await _host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");
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

        SearchView search = await _host.GetAsync<SearchView>($"/api/sweeps/{sweep.Id}/search");

        Assert.Equal("asha", search.Rule);
        Assert.Equal([new SearchRung(1, 4, 3), new SearchRung(2, 3, 2)], search.Rungs);
        Assert.Equal(["pause", "continue", "pause", "continue", "continue", "continue", "continue", "stop", "stop"], search.Decisions.Select(decision => decision.Action));
    }

    [Fact]
    public async Task Asha_BetterRunsFirst_PromotesALaterOneWhenTheRungHasRoom()
    {
        SweepView sweep = await LaunchAsync(3);
        var worker = new ScriptedWorker(_host);
        RunClaimed[] claims = [await worker.ClaimAsync(), await worker.ClaimAsync(), await worker.ClaimAsync()];
        await TrainAsync(worker, claims[2]);
        await TrainAsync(worker, claims[1]);

        // Of two runs the best continues: that is the one that was paused as the only one.
        RunView best = await _host.UntilRunAsync(claims[2].RunId, run => run.Status == RunStatus.Queued);

        Assert.Equal("promoted after epoch 1 at 0.3, rank 1 of 2, the best 1 continue", best.Decision!.Reason);
        Assert.Equal(RunStatus.Paused, (await _host.UntilRunAsync(claims[1].RunId, run => run.Status != RunStatus.Running)).Status);
        Assert.Equal((claims[2].RunId, new EpochRange(1, 2), 1), await ClaimedAsync(worker));
    }

    [Fact]
    public async Task Asha_TooFewForAPromotion_TrainsTheBestToTheEnd()
    {
        SweepView sweep = await LaunchAsync(2, "stopping: { rule: asha, factor: 4 }");

        Assert.Equal(["1: 0-1", "2: 0-1", "2: 1-4"], await TrainAllAsync(sweep));
    }

    [Fact]
    public async Task Promote_StoppedRun_TrainsItToTheEnd()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);
        RunView stopped = (await RunsAsync(sweep))[0];

        RunView promoted = await _host.PostAsync<RunView>($"/api/runs/{stopped.Id}/promote");

        Assert.Equal((RunStatus.Queued, "promoted by hand after epoch 1, trains to the end"), (promoted.Status, promoted.Decision!.Reason));
        Assert.Null(promoted.FinishedAt);
        Assert.Equal(["1: 1-4"], await TrainAllAsync(sweep));
        Assert.Equal((3, 1), await EndedAsync(sweep));
    }

    [Fact]
    public async Task Promote_UpToAnEpochThatIsNoRung_PausesThereAgain()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);
        RunView stopped = (await RunsAsync(sweep))[0];

        await _host.PostAsync<RunView>($"/api/runs/{stopped.Id}/promote", "epochs: 3");

        Assert.Equal(["1: 1-3"], await TrainAllAsync(sweep));
        RunView held = await _host.GetAsync<RunView>($"/api/runs/{stopped.Id}");
        Assert.Equal((RunStatus.Stopped, 3), (held.Status, held.Epoch));
        Assert.StartsWith("paused after epoch 3 at 0.1, the epoch that it was promoted to by hand", held.Decision!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "epochs: 1", HttpStatusCode.BadRequest, "run #1 has finished 1 of 4 epochs; allowed: a whole number from 2 to 4")]
    [InlineData(1, "epochs: 5", HttpStatusCode.BadRequest, "out of range: 5")]
    [InlineData(1, "epoch: 3", HttpStatusCode.BadRequest, "unknown key")]
    [InlineData(4, "{}", HttpStatusCode.Conflict, "run #4 is completed; only runs that have not ended, and stopped ones, can be promoted")]
    public async Task Promote_Impossible_SaysWhy(int cell, string body, HttpStatusCode status, string reason)
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        HttpResponseMessage answer = await _host.PostAsync($"/api/runs/{(await RunsAsync(sweep))[cell - 1].Id}/promote", body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_RunOfASweepWithoutARule_SaysThatItIsTrainedAnyway()
    {
        SweepView sweep = await LaunchAsync(1, "");

        HttpResponseMessage answer = await _host.PostAsync($"/api/runs/{(await RunsAsync(sweep))[0].Id}/promote");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("has no stopping rule", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_RunThatHasNotStarted_IsNeverPaused()
    {
        SweepView sweep = await LaunchAsync(2);
        await _host.PostAsync<RunView>($"/api/runs/{(await RunsAsync(sweep))[0].Id}/promote");

        Assert.Equal("1: 0-4", (await TrainAllAsync(sweep))[0]);
    }

    [Theory]
    [InlineData(FailureKind.Crash)]
    [InlineData(FailureKind.OutOfMemory)]
    public async Task End_AttemptThatFailsAfterTheDecision_PausesAtTheRung(FailureKind failure)
    {
        await LaunchAsync(2);
        var worker = new ScriptedWorker(_host);
        RunClaimed run = await worker.ClaimAsync();
        await worker.FinishEpochAsync(run, 1, 0.1);
        await worker.EndAsync(run, AttemptOutcome.Failed, failure);

        Assert.Equal(1, (await _host.UntilRunAsync(run.RunId, seen => seen.Status == RunStatus.Paused)).Epoch);
    }

    [Fact]
    public async Task Restart_AtAnyRung_GoesOnAsIfNothingHadBeen()
    {
        SweepView sweep = await LaunchAsync(4);
        var ranges = new List<string>();
        do
        {
            await _host.DisposeAsync();
            _host = await TestHost.StartAsync(_folder);
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

        SweepView cancelled = await _host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/cancel");

        Assert.Equal((SweepStatus.Cancelled, 2), (cancelled.Status, cancelled.RunCounts.Cancelled));
    }

    [Fact]
    public async Task Extend_EndedSweep_LetsTheRuleDecideAboutAllAgain()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        await _host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [0, 5] }");
        SweepView extended = await _host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");

        Assert.Equal((SweepStatus.Running, 2, 0), (extended.Status, extended.RunCounts.Paused, extended.RunCounts.Stopped));

        // The sixth result makes room at the first rung for the second best of those that are held there, if it is among the best three.
        List<string> ranges = await TrainAllAsync(sweep);
        Assert.Equal(["5: 0-1", "6: 0-1"], ranges.Where(range => range.EndsWith(": 0-1", StringComparison.Ordinal)));
        Assert.Equal(SweepStatus.Completed, (await _host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status);
    }

    [Fact]
    public async Task Median_WorseThanHalfOfTheOthers_HandsBackAndIsStopped()
    {
        SweepView sweep = await LaunchAsync(7, "stopping: { rule: median }");
        var worker = new ScriptedWorker(_host);
        RunClaimed worst = await worker.ClaimAsync();
        for (int run = 2; run <= 7; run++)
        {
            await TrainAsync(worker, await worker.ClaimAsync());
        }

        Assert.Equal(new EpochRange(0, 4), worst.Epochs);
        await worker.FinishEpochAsync(worst, 1, 0.1);
        RunView told = await _host.UntilRunAsync(worst.RunId, run => run.Decision is not null);
        Assert.Equal((RunStatus.Running, AttemptDirective.HandBack), (told.Status, (await worker.BeatAsync(worst)).Attempt));
        await worker.EndAsync(worst, AttemptOutcome.HandedBack);

        RunView stopped = await _host.UntilRunAsync(worst.RunId, run => run.Status == RunStatus.Stopped);
        Assert.NotNull(stopped.FinishedAt);
        Assert.Equal((6, 1), await EndedAsync(sweep));
    }

    [Fact]
    public async Task Claim_WorkerBuiltBeforeRanges_GetsNoRunOfARule()
    {
        await LaunchAsync(1);
        var old = new ScriptedWorker(_host) { Contract = 0 };
        var worker = new ScriptedWorker(_host, "worker-2");
        RunClaimed run = await worker.ClaimAsync();
        await worker.EndAsync(run, AttemptOutcome.HandedBack);
        await _host.UntilRunAsync(run.RunId, seen => seen.Status == RunStatus.Queued);

        Assert.Null(await old.TryClaimAsync());
        Assert.NotNull(await worker.TryClaimAsync());
    }

    [Fact]
    public async Task Pause_OfARunThatAnotherSweepWaitsFor_LetsThatOneTrain()
    {
        await LaunchAsync(2);
        var worker = new ScriptedWorker(_host);
        RunClaimed run = await worker.ClaimAsync();
        SweepView other = await LaunchAsync(1, "");
        RunView waiting = (await RunsAsync(other))[0];
        Assert.Equal(run.RunId, waiting.WaitsFor);

        await worker.FinishEpochAsync(run, 1, 0.1);
        await worker.EndAsync(run, AttemptOutcome.HandedBack);

        Assert.Null((await _host.UntilRunAsync(waiting.Id, seen => seen.WaitsFor is null)).ReusedFrom);
    }

    private async Task<SweepView> LaunchAsync(int runs, string stopping = Asha) => await _host.PostAsync<SweepView>("/api/sweeps", $$"""
        name: rungs
        dataset: digits
        base: { epochs: 4 }
        grid: { seed: [{{string.Join(", ", Enumerable.Range(1, runs))}}] }
        {{stopping}}
        """);

    private async Task<RunView[]> RunsAsync(SweepView sweep) => [.. (await _host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?sort=seed")).Items];

    private async Task<(int Completed, int Stopped)> EndedAsync(SweepView sweep)
    {
        SweepView ended = await _host.UntilAsync(sweep.Id, seen => seen.Status == SweepStatus.Completed);
        return (ended.RunCounts.Completed, ended.RunCounts.Stopped);
    }

    /// <summary>One worker trains until the sweep has ended.</summary>
    /// <returns>The cells and epochs of the attempts, in order.</returns>
    private async Task<List<string>> TrainAllAsync(SweepView sweep)
    {
        var ranges = new List<string>();
        while (await TrainNextAsync(sweep, ranges))
        {
        }

        return ranges;
    }

    /// <returns>False when the sweep has ended.</returns>
    private async Task<bool> TrainNextAsync(SweepView sweep, List<string> ranges)
    {
        var worker = new ScriptedWorker(_host);
        RunClaimed? claim = null;
        await TestTimeout.UntilAsync(
            async () =>
            {
                claim = await worker.TryClaimAsync();
                return claim is not null || (await _host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Status == SweepStatus.Completed;
            },
            isSo => isSo);
        if (claim is null)
        {
            return false;
        }

        int cell = (await _host.GetAsync<RunView>($"/api/runs/{claim.RunId}")).Cell;
        ranges.Add($"{cell}: {claim.Epochs.First}-{claim.Epochs.Last}");
        await TrainAsync(worker, claim);
        await _host.UntilRunAsync(claim.RunId, run => run.Status != RunStatus.Running);
        return true;
    }

    private async Task TrainAsync(ScriptedWorker worker, RunClaimed claim)
    {
        int cell = (await _host.GetAsync<RunView>($"/api/runs/{claim.RunId}")).Cell;
        for (int epoch = claim.Epochs.First + 1; epoch <= claim.Epochs.Last; epoch++)
        {
            await worker.FinishEpochAsync(claim, epoch, cell / 10.0);
        }

        await worker.EndAsync(claim, claim.Epochs.Last < claim.Hyperparameters.Epochs ? AttemptOutcome.HandedBack : AttemptOutcome.Completed);
    }

    private static async Task<(string RunId, EpochRange Epochs, int ResumesFrom)> ClaimedAsync(ScriptedWorker worker)
    {
        RunClaimed claim = await worker.ClaimAsync();
        return (claim.RunId, claim.Epochs, claim.ResumeFromAttempt ?? 0);
    }
}
