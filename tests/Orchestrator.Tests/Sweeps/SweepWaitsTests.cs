using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps;

public sealed class SweepWaitsTests
{
    [Fact]
    public async Task Sweep_WhoseRunsWait_SaysWhatFor()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView alone = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));

        await worker.BeatAsync();
        SweepView served = await host.GetAsync<SweepView>($"/api/sweeps/{alone.Id}");
        await host.PostAsync($"/api/workers/{worker.Id}/drain");
        SweepView drained = await host.GetAsync<SweepView>($"/api/sweeps/{alone.Id}");
        await host.PostAsync($"/api/workers/{worker.Id}/readmit");
        RunClaimed run = await worker.ClaimAsync();
        await worker.BeatAsync(run);
        SweepView training = await host.GetAsync<SweepView>($"/api/sweeps/{alone.Id}");
        SweepView sharing = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name: "sharing"));
        SweepView behind = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "reuse: false", "behind"));
        await host.PostAsync($"/api/sweeps/{behind.Id}/pause");
        SweepView paused = await host.GetAsync<SweepView>($"/api/sweeps/{behind.Id}");

        Assert.Equal(WaitReason.NoWorker, alone.Waits?.Reason);
        Assert.Null(served.Waits);
        Assert.Equal(WaitReason.WorkersTakeNoRuns, drained.Waits?.Reason);
        Assert.Null(training.Waits);
        Assert.Equal(WaitReason.EqualRuns, sharing.Waits?.Reason);
        Assert.Equal(WaitReason.WorkersBusy, behind.Waits?.Reason);
        Assert.Null(paused.Waits);
    }

    [Fact]
    public async Task Sweep_NoRoomForArtifacts_SaysSo()
    {
        using var folder = new TempFolder();
        string sweep;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            sweep = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1))).Id;
        }

        await using TestHost full = await TestHost.StartAsync(folder, settings: new Dictionary<string, string?> { ["Artifacts:MinFreeBytes"] = "1000000000000000" });

        Assert.Equal(WaitReason.NoRoom, (await full.GetAsync<SweepView>($"/api/sweeps/{sweep}")).Waits?.Reason);
    }
}
