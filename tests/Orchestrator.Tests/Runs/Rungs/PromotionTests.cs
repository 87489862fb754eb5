using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Runs.Rungs;

public sealed class PromotionTests : RungsContext
{
    [Fact]
    public async Task Promote_StoppedRun_TrainsItToTheEnd()
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);
        RunView stopped = (await RunsAsync(sweep))[0];

        RunView promoted = await Host.PostAsync<RunView>($"/api/runs/{stopped.Id}/promote");

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

        await Host.PostAsync<RunView>($"/api/runs/{stopped.Id}/promote", "epochs: 3");

        Assert.Equal(["1: 1-3"], await TrainAllAsync(sweep));
        RunView held = await Host.GetAsync<RunView>($"/api/runs/{stopped.Id}");
        Assert.Equal((RunStatus.Stopped, 3), (held.Status, held.Epoch));
        Assert.StartsWith("paused after epoch 3 at 0.1, the epoch that it was promoted to by hand", held.Decision!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "epochs: 1", HttpStatusCode.BadRequest, "run #1 has finished 1 of 4 epochs; allowed: a whole number from 2 to 4")]
    [InlineData(1, "epochs: 5", HttpStatusCode.BadRequest, "out of range: 5")]
    [InlineData(1, "epoch: 3", HttpStatusCode.BadRequest, "unknown key")]
    [InlineData(4, "{}", HttpStatusCode.Conflict, "run #4 is completed; only runs that have not ended, and stopped ones, can be promoted")]
    [InlineData(4, "epochs: 3", HttpStatusCode.Conflict, "run #4 is completed; only runs that have not ended, and stopped ones, can be promoted")]
    public async Task Promote_Impossible_SaysWhy(int cell, string body, HttpStatusCode status, string reason)
    {
        SweepView sweep = await LaunchAsync(4);
        await TrainAllAsync(sweep);

        HttpResponseMessage answer = await Host.PostAsync($"/api/runs/{(await RunsAsync(sweep))[cell - 1].Id}/promote", body);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promote_RunOfASweepWithoutARule_SaysThatItIsTrainedAnyway()
    {
        SweepView sweep = await LaunchAsync(1, "");

        HttpResponseMessage answer = await Host.PostAsync($"/api/runs/{(await RunsAsync(sweep))[0].Id}/promote");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("has no stopping rule", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_RunThatWasCancelledAtARung_HasNoDecisionAnyMore()
    {
        SweepView sweep = await LaunchAsync(2);
        await TrainNextAsync(sweep, []);
        RunView held = (await RunsAsync(sweep))[0];
        Assert.Equal(RunStatus.Paused, held.Status);
        await Host.PostAsync<RunView>($"/api/runs/{held.Id}/cancel");

        RunView retried = await Host.PostAsync<RunView>($"/api/runs/{held.Id}/retry");

        Assert.Equal((RunStatus.Queued, null), (retried.Status, retried.Decision));
    }

    [Fact]
    public async Task Promote_RunThatHasNotStarted_IsNeverPaused()
    {
        SweepView sweep = await LaunchAsync(2);
        await Host.PostAsync<RunView>($"/api/runs/{(await RunsAsync(sweep))[0].Id}/promote");

        Assert.Equal("1: 0-4", (await TrainAllAsync(sweep))[0]);
    }
}
