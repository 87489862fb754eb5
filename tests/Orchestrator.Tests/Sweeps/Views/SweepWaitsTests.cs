using System.Reflection;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Sweeps.Views;
using Experiments.Orchestrator.Tests.Support;
using Experiments.Orchestrator.Workers;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Sweeps.Views;

public sealed class SweepWaitsTests
{
    [Fact]
    public async Task Sweep_RunsWait_SaysWhatFor()
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
        Assert.Equal((WaitReason.EqualRuns, run.RunId), (sharing.Waits?.Reason, sharing.Waits?.RunId));
        Assert.StartsWith("waits for run #1 of sweep \"test\", which equals the only run left and is trained now", sharing.Waits!.Message, StringComparison.Ordinal);
        Assert.Equal(WaitReason.WorkersBusy, behind.Waits?.Reason);
        Assert.Null(paused.Waits);
    }

    [Fact]
    public async Task Sweep_RunsWaitForSeveralEqualOnes_NamesTheFirst()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, name: "first"));
        RunClaimed one = await worker.ClaimAsync();
        RunClaimed other = await worker.ClaimAsync();

        SweepView sharing = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2, name: "sharing"));

        Assert.Contains(sharing.Waits!.RunId, new[] { one.RunId, other.RunId });
        Assert.StartsWith("waits for 2 equal runs of other sweeps that are trained now, such as run #", sharing.Waits.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_BrokerCannotBeReached_SaysSo()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await new ScriptedWorker(host).BeatAsync();
        IBusControl bus = DispatchProxy.Create<IBusControl, BusWithoutBroker>();
        var waits = new SweepWaits(host.Get<WorkerTable>(), host.Get<SpaceBudget>(), bus);

        SweepWait? waiting = waits.Explain(SweepStatus.Running, new RunCounts(0, 2, 0, 1, 0, 0), awaited: null);
        SweepWait? training = waits.Explain(SweepStatus.Running, new RunCounts(0, 2, 1, 0, 0, 0), awaited: null);
        ((BusWithoutBroker)(object)bus).IsBack = true;
        SweepWait? back = waits.Explain(SweepStatus.Running, new RunCounts(0, 2, 0, 1, 0, 0), awaited: null);

        Assert.Equal(WaitReason.NoBroker, waiting?.Reason);
        Assert.StartsWith("waits for the message broker, which cannot be reached", waiting!.Message, StringComparison.Ordinal);
        Assert.Null(training);
        Assert.NotEqual(WaitReason.NoBroker, back?.Reason);
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

    /// <summary>A bus that only reports whether it has a broker.</summary>
    public class BusWithoutBroker : DispatchProxy
    {
        internal bool IsBack { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name != nameof(IBusControl.CheckHealth)
            ? throw new NotSupportedException(targetMethod?.Name)
            : IsBack ? BusHealthResult.Healthy("well", new Dictionary<string, EndpointHealthResult>())
            : BusHealthResult.Unhealthy("not well", null!, new Dictionary<string, EndpointHealthResult>());
    }
}
