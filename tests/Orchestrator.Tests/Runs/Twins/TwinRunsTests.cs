using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Runs.Twins;

/// <summary>Sweeps with common cells that run at the same time.</summary>
public sealed class TwinRunsTests : HostContext
{
    [Fact]
    public async Task Launch_EqualRunIsTrained_WaitsForItAndTakesOverItsResult()
    {
        var worker = new ScriptedWorker(Host);
        await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();

        SweepView second = await LaunchAsync("second");
        RunView waiting = await OnlyRunAsync(second);
        RunClaimed? other = await worker.TryClaimAsync();
        await worker.CompleteAsync(trained, accuracy: 0.8);
        await Host.UntilAsync(second.Id, sweep => sweep.Status == SweepStatus.Completed);
        RunView completed = await OnlyRunAsync(second);

        Assert.Equal((RunStatus.Pending, trained.RunId, null), (waiting.Status, waiting.WaitsFor, waiting.ReusedFrom));
        Assert.Equal((1, 1, null), (second.RunCounts.Pending, second.WaitingForOthers, second.Eta));
        Assert.Null(other);
        Assert.Equal((RunStatus.Completed, null, trained.RunId, 2, 0), (completed.Status, completed.WaitsFor, completed.ReusedFrom, completed.Epoch, completed.Attempt));
        Assert.Equal(0.8, completed.Summary["validation/accuracy"].Best);
    }

    [Fact]
    public async Task Claim_EqualRunsWaitForAWorker_TheFirstTrainsAndTheOtherWaitsForIt()
    {
        var worker = new ScriptedWorker(Host);
        SweepView[] sweeps = [await LaunchAsync("one", runs: 2), await LaunchAsync("two", runs: 2)];
        await Host.UntilAsync(sweeps[0].Id, sweep => sweep.RunCounts.Queued == 2);
        await Host.UntilAsync(sweeps[1].Id, sweep => sweep.RunCounts.Queued == 2);

        // Fair shares: each sweep trains one of the two cells, and waits for the other's.
        RunClaimed[] claimed = [await worker.ClaimAsync(), await worker.ClaimAsync()];
        RunClaimed? third = await worker.TryClaimAsync();
        SweepView[] sharing = [await ReadAsync(sweeps[0]), await ReadAsync(sweeps[1])];
        await Task.WhenAll(claimed.Select(run => worker.CompleteAsync(run)));
        SweepView[] done = [.. await Task.WhenAll(sweeps.Select(sweep => Host.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed)))];

        Assert.Equal(sweeps.Select(sweep => sweep.Id).Order(), claimed.Select(run => run.SweepId).Order());
        Assert.Equal([1, 2], claimed.Select(run => run.Hyperparameters.Seed).Order().Select(seed => (int)seed));
        Assert.Null(third);
        Assert.All(sharing, sweep => Assert.Equal((1, 1, 1), (sweep.RunCounts.Pending, sweep.RunCounts.Running, sweep.WaitingForOthers)));
        Assert.All(done, sweep => Assert.Equal((2, 0), (sweep.RunCounts.Completed, sweep.WaitingForOthers)));
    }

    [Theory]
    [InlineData(AttemptOutcome.Failed, RunStatus.Failed)]
    [InlineData(AttemptOutcome.Cancelled, RunStatus.Cancelled)]
    public async Task End_WithoutAResult_ThoseThatWaitAreTrainedThemselves(AttemptOutcome outcome, RunStatus status)
    {
        var worker = new ScriptedWorker(Host);
        await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView second = await LaunchAsync("second");

        await worker.EndAsync(trained, outcome, outcome == AttemptOutcome.Failed ? FailureKind.Diverged : null);
        RunClaimed own = await worker.ClaimAsync();

        Assert.Equal(second.Id, own.SweepId);
        Assert.Equal(status, (await Host.GetAsync<RunView>($"/api/runs/{trained.RunId}")).Status);
        Assert.Null((await OnlyRunAsync(second)).WaitsFor);
    }

    [Theory]
    [InlineData("runs/{run}/cancel")]
    [InlineData("sweeps/{sweep}/cancel")]
    public async Task Cancel_OfTheTrainedRun_ThoseThatWaitAreTrainedThemselves(string call)
    {
        var worker = new ScriptedWorker(Host);
        SweepView first = await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView second = await LaunchAsync("second");

        await Host.PostAsync("/api/" + call.Replace("{run}", trained.RunId, StringComparison.Ordinal).Replace("{sweep}", first.Id, StringComparison.Ordinal));
        RunClaimed own = await new ScriptedWorker(Host, "other").ClaimAsync();

        Assert.Equal(second.Id, own.SweepId);
    }

    [Fact]
    public async Task Pause_OfTheTrainedRunsSweep_TheOtherIsTrainedAndThePausedOneWaitsForIt()
    {
        var worker = new ScriptedWorker(Host);
        SweepView first = await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView second = await LaunchAsync("second");
        await worker.FinishEpochAsync(trained, 1);

        await Host.PostAsync($"/api/sweeps/{first.Id}/pause");
        await worker.EndAsync(trained, AttemptOutcome.HandedBack);
        RunClaimed own = await worker.ClaimAsync();
        await Host.PostAsync($"/api/sweeps/{first.Id}/resume");
        RunView paused = await Host.GetAsync<RunView>($"/api/runs/{trained.RunId}");
        RunClaimed? again = await worker.TryClaimAsync();
        await worker.CompleteAsync(own, accuracy: 0.7);
        await Host.UntilAsync(first.Id, sweep => sweep.Status == SweepStatus.Completed);
        RunView reused = await Host.GetAsync<RunView>($"/api/runs/{trained.RunId}");

        Assert.Equal(second.Id, own.SweepId);
        Assert.Equal((RunStatus.Pending, own.RunId), (paused.Status, paused.WaitsFor));
        Assert.Null(again);
        Assert.Equal((RunStatus.Completed, own.RunId, 1), (reused.Status, reused.ReusedFrom, reused.Attempt));
    }

    [Fact]
    public async Task HandedBack_InARunningSweep_KeepsWaitingRunsUnlessTheyHaveHigherPriority()
    {
        var worker = new ScriptedWorker(Host);
        await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView patient = await LaunchAsync("patient");
        SweepView urgent = await LaunchAsync("urgent", "priority: 5");
        await worker.FinishEpochAsync(trained, 1);

        await worker.EndAsync(trained, AttemptOutcome.HandedBack);
        await Host.UntilAsync(urgent.Id, sweep => sweep.RunCounts.Queued == 1);
        RunClaimed next = await worker.ClaimAsync();

        Assert.Equal(urgent.Id, next.SweepId);
        Assert.Equal(next.RunId, (await OnlyRunAsync(patient)).WaitsFor);
        Assert.Equal(next.RunId, (await Host.GetAsync<RunView>($"/api/runs/{trained.RunId}")).WaitsFor);
    }

    [Fact]
    public async Task Reuse_False_NeverWaitsAndIsWaitedFor()
    {
        var worker = new ScriptedWorker(Host);
        SweepView own = await LaunchAsync("own", "reuse: false");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView alone = await LaunchAsync("alone", "reuse: false");
        SweepView sharing = await LaunchAsync("sharing");

        RunClaimed second = await worker.ClaimAsync();

        Assert.Equal((own.Id, alone.Id), (trained.SweepId, second.SweepId));
        Assert.Equal(trained.RunId, (await OnlyRunAsync(sharing)).WaitsFor);
        Assert.Null(await worker.TryClaimAsync());
    }

    [Fact]
    public async Task Retry_EqualRunHasCompletedOrIsTrained_TakesOverOrWaits()
    {
        var worker = new ScriptedWorker(Host);
        await LaunchAsync("first");
        RunClaimed failed = await worker.ClaimAsync();
        await worker.EndAsync(failed, AttemptOutcome.Failed, FailureKind.Diverged);
        await Host.UntilRunAsync(failed.RunId, run => run.Status == RunStatus.Failed);
        await LaunchAsync("second");
        RunClaimed other = await worker.ClaimAsync();

        RunView waiting = await Host.PostAsync<RunView>($"/api/runs/{failed.RunId}/retry");
        await Host.PostAsync($"/api/runs/{failed.RunId}/cancel");
        RunView cancelled = await Host.GetAsync<RunView>($"/api/runs/{failed.RunId}");
        await worker.CompleteAsync(other);
        await Host.UntilRunAsync(other.RunId, run => run.Status == RunStatus.Completed);
        RunView reused = await Host.PostAsync<RunView>($"/api/runs/{failed.RunId}/retry");

        Assert.Equal((RunStatus.Pending, other.RunId), (waiting.Status, waiting.WaitsFor));
        Assert.Equal((RunStatus.Cancelled, null), (cancelled.Status, cancelled.WaitsFor));
        Assert.Equal((RunStatus.Completed, other.RunId), (reused.Status, reused.ReusedFrom));
    }

    [Fact]
    public async Task Restart_InBetween_StillTakesOverTheResult()
    {
        var worker = new ScriptedWorker(Host);
        await LaunchAsync("first");
        RunClaimed trained = await worker.ClaimAsync();
        SweepView second = await LaunchAsync("second");
        await RestartAsync();

        worker = new ScriptedWorker(Host);
        RunClaimed again = await worker.ClaimAsync();
        RunClaimed? other = await worker.TryClaimAsync();
        await worker.CompleteAsync(again);
        await Host.UntilAsync(second.Id, sweep => sweep.Status == SweepStatus.Completed);

        Assert.Equal((trained.RunId, 2), (again.RunId, again.Attempt));
        Assert.Null(other);
        Assert.Equal(trained.RunId, (await OnlyRunAsync(second)).ReusedFrom);
    }

    [Fact]
    public async Task Restart_WhatItWaitsForIsGone_IsTrainedItself()
    {
        await LaunchAsync("first");
        await new ScriptedWorker(Host).ClaimAsync();
        SweepView second = await LaunchAsync("second");
        await Host.Get<StateWriter>().WriteAsync(
            unit => unit.Db.Runs.Where(run => run.SweepId == second.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.WaitsFor, "gone"), unit.CancellationToken),
            TestContext.Current.CancellationToken);
        await RestartAsync();

        await Host.UntilAsync(second.Id, sweep => sweep.RunCounts.Queued == 1);
    }

    /// <summary>A state that no version writes, but that a manually assembled backup may have.</summary>
    [Theory]
    [InlineData("Status", "Running", RunStatus.Running)]
    [InlineData("Status", "Failed", RunStatus.Failed)]
    [InlineData("Key", "another", RunStatus.Queued)]
    public async Task Complete_WhatIsSaidToWaitCannotTakeOver_EndsAndLetsItGo(string column, string value, RunStatus after)
    {
        using var folder = new TempFolder();
        var log = new WarningLog();
        await using TestHost host = await TestHost.StartAsync(folder, addConsumers: log.AddTo);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "first"));
        var worker = new ScriptedWorker(host);
        RunClaimed trained = await worker.ClaimAsync();
        SweepView odd = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "odd"));
        SweepView sound = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "sound"));
        await host.Get<StateWriter>().WriteAsync(
            unit => column == "Key"
                ? unit.Db.Runs.Where(run => run.SweepId == odd.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Key, value), unit.CancellationToken)
                : unit.Db.Runs.Where(run => run.SweepId == odd.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Status, Enum.Parse<RunStatus>(value)), unit.CancellationToken),
            TestContext.Current.CancellationToken);

        await worker.CompleteAsync(trained);
        await host.UntilRunAsync(trained.RunId, run => run.Status == RunStatus.Completed);
        await host.UntilAsync(sound.Id, sweep => sweep.Status == SweepStatus.Completed);
        string id = Assert.Single((await host.GetAsync<Page<RunView>>($"/api/sweeps/{odd.Id}/runs")).Items).Id;
        RunView run = await host.UntilRunAsync(id, run => run.Status == after);

        Assert.Equal((null, null), (run.WaitsFor, run.ReusedFrom));
        Assert.Contains(log.Lines, line => line.Contains($"Run {id} of sweep {odd.Id}", StringComparison.Ordinal) && line.Contains("it is trained on its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_EqualRunsOfAnUnfinishedSweep_AreCounted()
    {
        await LaunchAsync("first", runs: 2);

        SweepPreview preview = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", SweepFiles.Of(3));
        SweepPreview alone = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", SweepFiles.Of(3, "reuse: false"));

        Assert.Equal((3, 0, 2), (preview.Runs, preview.Reused, preview.UnderWay));
        Assert.Equal((3, 0, 0), (alone.Runs, alone.Reused, alone.UnderWay));
    }

    private Task<SweepView> LaunchAsync(string name, string more = "", int runs = 1) => Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(runs, more, name));

    private Task<SweepView> ReadAsync(SweepView sweep) => Host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}");

    private async Task<RunView> OnlyRunAsync(SweepView sweep) => Assert.Single((await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs")).Items);
}
