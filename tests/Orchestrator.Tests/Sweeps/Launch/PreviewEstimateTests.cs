using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

public sealed class PreviewEstimateTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_MeasuredRuns_TellsExcludedReusedAndTime()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await MeasureAsync(host, SweepFiles.Of(1), run => (run.Status, run.Epoch, run.TrainedTicks, run.Summary) =
            (RunStatus.Completed, 2, TimeSpan.FromSeconds(8).Ticks, """{"system/epochSeconds":{"last":3,"best":1,"bestEpoch":1}}"""));

        // One that has not ended tells of its last epoch; other images, fewer of them and runs that took over a result tell nothing.
        await MeasureAsync(host, SweepFiles.Of(1, "reuse: false"), run => (run.Status, run.Epoch, run.Summary) =
            (RunStatus.Running, 1, """{"system/epochSeconds":{"last":5,"best":4,"bestEpoch":1}}"""));
        await MeasureAsync(host, "name: x\ndataset: { name: digits, limit: 100 }", run => (run.Status, run.Epoch, run.TrainedTicks) = (RunStatus.Completed, 2, 1));
        await MeasureAsync(host, "name: x\ndataset: cifar10", run => (run.Status, run.Epoch, run.TrainedTicks) = (RunStatus.Completed, 2, 1));
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        await new ScriptedWorker(host).BeatAsync();
        await new ScriptedWorker(host, "worker-2").BeatAsync();

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", SweepFiles.Of(5, "exclude: [ { seed: 5 } ]"));
        SweepPreview unknown = await host.PostAsync<SweepPreview>("/api/sweeps/preview", "name: x\ndataset: mnist");

        Assert.Equal((4, 1, 1, 4), (preview.Cells, preview.Excluded, preview.Reused, preview.Runs));

        // Three runs of two epochs of 4 s and 2 s beside them, on two workers.
        Assert.Equal((20.0, 30.0, 2, 0), (preview.Estimate!.Seconds, preview.Estimate.TrainingSeconds, preview.Estimate.Workers, preview.Estimate.UnknownRuns));
        Assert.Equal([new EstimateBasis("small_cnn", EstimateMatch.Same, 3, 2, 4)], preview.Estimate.Bases);
        Assert.Equal((null, "no run of small_cnn on mnist has been measured yet"), (unknown.Estimate!.Seconds, unknown.Estimate.Reason));
    }

    [Fact]
    public async Task Preview_MeasuredOnGpusAlone_SaysSoToAWorkerWithoutOne()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await MeasureAsync(host, SweepFiles.Of(1), run => (run.Status, run.Epoch, run.Attempt, run.TrainedTicks) =
            (RunStatus.Completed, 2, 1, TimeSpan.FromSeconds(8).Ticks));
        await using (StateContext db = await host.Get<IDbContextFactory<StateContext>>().CreateDbContextAsync(Token))
        {
            db.Attempts.Add(new Attempt { RunId = (await db.Runs.SingleAsync(Token)).Id, Number = 1, WorkerId = "gone", Device = "cuda:1", StartedAt = default, LastEpoch = 2 });
            await db.SaveChangesAsync(Token);
        }

        await new ScriptedWorker(host).BeatAsync();
        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", SweepFiles.Of(2));

        Assert.Equal([new EstimateBasis("small_cnn", EstimateMatch.OtherDevice, 1, 1, 4)], preview.Estimate!.Bases);
    }

    private static async Task MeasureAsync(TestHost host, string sweepFile, Action<Run> measure)
    {
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", sweepFile);
        await using StateContext db = await host.Get<IDbContextFactory<StateContext>>().CreateDbContextAsync(Token);
        measure(await db.Runs.SingleAsync(run => run.SweepId == sweep.Id, Token));
        await db.SaveChangesAsync(Token);
    }
}
