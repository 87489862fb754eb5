using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_MidSweep_ContinuesAndTrainsNothingTwice()
    {
        using var folder = new TempFolder();
        SweepView sweep;
        RunClaimed running;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            var worker = new ScriptedWorker(host);
            sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3));
            await worker.CompleteAsync(await worker.ClaimAsync());
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);
            running = await worker.ClaimAsync();
            await worker.FinishEpochAsync(running, 1);
            await host.UntilRunAsync(running.RunId, run => run.Epoch == 1);
        }

        await using TestHost restarted = await TestHost.StartAsync(folder, isDurable: true);
        var same = new ScriptedWorker(restarted);

        // A worker that kept running during the restart keeps its lease.
        Assert.Equal(AttemptDirective.Continue, (await same.BeatAsync(running)).Attempt);
        await same.FinishEpochAsync(running, 2);
        await same.EndAsync(running, AttemptOutcome.Completed);
        RunClaimed last = await same.ClaimAsync();
        Assert.Equal((3, 1), (last.Hyperparameters.Seed, last.Attempt));
        await same.CompleteAsync(last);

        await restarted.UntilAsync(sweep.Id, s => s.Status == SweepStatus.Completed);
        Page<RunView> runs = await restarted.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        Assert.All(runs.Items, run => Assert.Equal((1, 2), (run.Attempt, run.Epoch)));
    }

    [Fact]
    public async Task Restart_WithWorkerGone_LosesItsLeaseAfterAWholeOne()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?> { ["Leases:Seconds"] = "1" };
        RunClaimed running;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
            running = await new ScriptedWorker(host).ClaimAsync();
        }

        await using TestHost restarted = await TestHost.StartAsync(folder, settings: settings, isDurable: true);
        RunClaimed second = await new ScriptedWorker(restarted, "other").ClaimAsync();

        Assert.Equal((running.RunId, 2), (second.RunId, second.Attempt));
    }

    [Fact]
    public async Task Restart_PausedSweep_StillHandsBack()
    {
        using var folder = new TempFolder();
        RunClaimed running;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
            running = await new ScriptedWorker(host).ClaimAsync();
            await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/pause");
        }

        await using TestHost restarted = await TestHost.StartAsync(folder, isDurable: true);

        Assert.Equal(AttemptDirective.HandBack, (await new ScriptedWorker(restarted).BeatAsync(running)).Attempt);
    }

    [Fact]
    public async Task Restart_RunThatNeverFinishesAnEpoch_IsGivenUpAfterMany()
    {
        const int Many = 14;
        using var folder = new TempFolder();
        string runId = "";
        for (int start = 1; start < Many; start++)
        {
            await using TestHost host = await TestHost.StartAsync(folder);
            if (start == 1)
            {
                await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
            }

            RunClaimed claim = await new ScriptedWorker(host).ClaimAsync();
            Assert.Equal(start, claim.Attempt);
            runId = claim.RunId;
        }

        await using TestHost last = await TestHost.StartAsync(folder);
        RunView run = await last.GetAsync<RunView>($"/api/runs/{runId}");
        Assert.Equal((RunStatus.Failed, FailureKind.Lost), (run.Status, run.Failure?.Kind));
    }

    [Fact]
    public async Task Restart_RunThatWasOftenHandedBackInItsFirstEpoch_IsUnderNoSuspicion()
    {
        const int Many = 12;
        using var folder = new TempFolder();
        string runId = "";
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            var worker = new ScriptedWorker(host);
            await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "maxAttempts: 1"));
            for (int attempt = 1; attempt < Many; attempt++)
            {
                await worker.EndAsync(await worker.ClaimAsync(), AttemptOutcome.HandedBack);
            }

            runId = (await worker.ClaimAsync()).RunId;
        }

        await using TestHost restarted = await TestHost.StartAsync(folder);
        Assert.Equal(RunStatus.Queued, (await restarted.GetAsync<RunView>($"/api/runs/{runId}")).Status);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1)]
    public async Task Restart_WithWorkersInTheSameProcess_HandsTheirRunsBackImmediately(int epochs, int? resumeFrom)
    {
        using var folder = new TempFolder();
        RunClaimed running;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            var worker = new ScriptedWorker(host);
            await worker.BeatAsync();
            await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
            running = await worker.ClaimAsync();
            for (int epoch = 1; epoch <= epochs; epoch++)
            {
                await worker.FinishEpochAsync(running, epoch);
            }

            await host.UntilRunAsync(running.RunId, run => run.Epoch == epochs);
        }

        await using TestHost restarted = await TestHost.StartAsync(folder);

        Assert.Equal(RunStatus.Queued, (await restarted.GetAsync<RunView>($"/api/runs/{running.RunId}")).Status);
        Assert.Equal(AttemptOutcome.HandedBack, (await restarted.GetAsync<AttemptView[]>($"/api/runs/{running.RunId}/attempts"))[0].Outcome);
        Assert.Empty(await restarted.GetAsync<WorkerView[]>("/api/workers"));
        RunClaimed second = await new ScriptedWorker(restarted, "next").ClaimAsync();
        Assert.Equal((2, resumeFrom), (second.Attempt, second.ResumeFromAttempt));
    }
}
