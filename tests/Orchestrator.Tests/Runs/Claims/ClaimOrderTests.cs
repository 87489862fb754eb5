using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Claims;

public sealed class ClaimOrderTests
{
    [Fact]
    public async Task Claim_SeveralSweeps_TakesPriorityThenFairShareThenAgeThenCell()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await LaunchAsync(host, "old", 2, "reuse: false");
        await LaunchAsync(host, "new", 2, "reuse: false");
        await LaunchAsync(host, "urgent", 1, "priority: 5");
        var worker = new ScriptedWorker(host);
        var order = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            RunClaimed run = await worker.ClaimAsync();
            SweepView sweep = await host.GetAsync<SweepView>($"/api/sweeps/{run.SweepId}");
            order.Add($"{sweep.Name} {run.Hyperparameters.Seed}");
        }

        Assert.Equal(["urgent 1", "old 1", "new 1", "old 2", "new 2"], order);
    }

    [Fact]
    public async Task Claim_Concurrently_GivesEachRunOnce()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await LaunchAsync(host, "many", 20, "");

        RunClaimed?[] claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => new ScriptedWorker(host, $"w{i}").TryClaimAsync()));

        RunClaimed[] granted = [.. claims.OfType<RunClaimed>()];
        Assert.Equal(20, granted.Length);
        Assert.Equal(20, granted.Select(run => run.RunId).Distinct().Count());
    }

    [Fact]
    public async Task Claim_LimitedSweep_TrainsNoMoreRunsAtATimeAndLeavesWorkersToOthers()
    {
        using var folder = new TempFolder();
        var box = new TicketBox();
        await using TestHost host = await TestHost.StartAsync(folder, addConsumers: box.AddTo);
        SweepView limited = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(5, "priority: 9\nmaxConcurrency: 2", "limited"));
        await LaunchAsync(host, "free", 1, "reuse: false");
        var worker = new ScriptedWorker(host);

        RunClaimed[] runs = [await worker.ClaimAsync(), await worker.ClaimAsync(), await worker.ClaimAsync()];

        Assert.Equal([true, true, false], runs.Select(run => run.SweepId == limited.Id));
        Assert.Null(await worker.TryClaimAsync());
        await worker.CompleteAsync(runs[0]);
        Assert.Equal(limited.Id, (await worker.ClaimAsync()).SweepId);

        // There are as many tickets as claimable runs: an extra one would circulate forever.
        await host.UntilAsync(limited.Id, s => s.RunCounts is { Pending: 2, Running: 2 });
        Assert.Equal(4, box.Count);
    }

    private static async Task LaunchAsync(TestHost host, string name, int runs, string more)
    {
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(runs, more, name));
        await host.UntilAsync(sweep.Id, s => s.RunCounts.Queued == runs);
    }
}
