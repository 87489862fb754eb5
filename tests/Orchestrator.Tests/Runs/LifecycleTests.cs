using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Sweep_AllRunsTrained_CompletesWithBestRun()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3));

        for (int i = 1; i <= 3; i++)
        {
            RunClaimed run = await worker.ClaimAsync();
            Assert.Equal(1, run.Attempt);
            Assert.Null(run.ResumeFromAttempt);
            Assert.Equal(new EpochRange(0, 2), run.Epochs);
            Assert.Equal(i, run.Hyperparameters.Seed);
            await worker.CompleteAsync(run, accuracy: i == 2 ? 0.9 : 0.4);
        }

        sweep = await host.UntilAsync(sweep.Id, s => s.Status != SweepStatus.Running);
        Assert.Equal(SweepStatus.Completed, sweep.Status);
        Assert.Equal(3, sweep.RunCounts.Completed);
        Assert.NotNull(sweep.FinishedAt);
        Assert.Equal(0.9, sweep.BestValue);
        RunView best = await host.GetAsync<RunView>($"/api/runs/{sweep.BestRunId}");
        Assert.Equal(2, best.Cell);
        Assert.Equal(new MetricSummary(0.9, 0.9, 1), best.Summary[MetricNames.ValidationAccuracy]);
        Assert.Equal((2, 2), (best.Epoch, best.Epochs));
        Assert.Null(await worker.TryClaimAsync());
    }

    [Fact]
    public async Task Heartbeat_WithoutALease_IsDirectedToAbandon()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();

        Assert.Equal(AttemptDirective.Continue, (await worker.BeatAsync(run)).Attempt);
        Assert.Equal(AttemptDirective.Abandon, (await worker.BeatAsync(run with { Attempt = 2 })).Attempt);
        Assert.Equal(AttemptDirective.Abandon, (await new ScriptedWorker(host, "worker-2").BeatAsync(run)).Attempt);
    }
}
