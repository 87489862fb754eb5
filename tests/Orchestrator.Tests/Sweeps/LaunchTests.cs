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

    [Fact]
    public async Task Launch_TenAtOnceThatMayContinue_MakeOneSweep()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.PostAsync("/api/sweeps?continue=true", SweepFiles.Of(3))));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Created], answers.Select(answer => answer.StatusCode).Distinct().Order());
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1, (await host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
    }

    [Fact]
    public async Task Launch_TenAtOnceThatMayNot_MakeTenSweepsThatTrainEachCellOnce()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2))));
        var worker = new ScriptedWorker(host);

        await worker.CompleteAsync(await worker.ClaimAsync());
        await worker.CompleteAsync(await worker.ClaimAsync());

        Page<SweepView> sweeps = await Patience.UntilAsync(
            () => host.GetAsync<Page<SweepView>>("/api/sweeps"), page => page.Items.All(sweep => sweep.Status == SweepStatus.Completed));
        Assert.Equal((10, 20), (sweeps.Total, sweeps.Items.Sum(sweep => sweep.RunCounts.Completed)));
    }
}
