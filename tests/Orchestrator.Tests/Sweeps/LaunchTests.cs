using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps;

public sealed class LaunchTests
{
    [Fact]
    public async Task Launch_Quickstart_StoresTwelveRuns()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        HttpResponseMessage response = await host.PostAsync("/api/sweeps", SweepFiles.Quickstart);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        SweepView sweep = await host.GetAsync<SweepView>(response.Headers.Location!.ToString());
        Assert.Equal("digits-quickstart", sweep.Name);
        Assert.Equal(SweepStatus.Running, sweep.Status);
        Assert.Equal(12, sweep.RunCounts.Total);
        Page<RunView> runs = await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        Assert.Equal(Enumerable.Range(1, 12), runs.Items.Select(run => run.Cell));
        Assert.Equal(12, runs.Items.Select(run => run.Key).Distinct().Count());
        Assert.All(runs.Items, run => Assert.Equal(32, run.Config["imageSize"].GetInt32()));
    }
}
