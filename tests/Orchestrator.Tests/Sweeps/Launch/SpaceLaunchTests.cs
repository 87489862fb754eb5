using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

public sealed class SpaceLaunchTests : HostContext
{
    private const string Yaml = """
        name: drawn
        dataset: digits
        base: { epochs: 2 }
        grid: { model: [small_cnn, lenet5] }
        space:
          learningRate: { min: 1e-4, max: 1e-1, scale: log }
          optimizer: [adam, sgd]
        search: { sampler: random, runs: 3, seed: 7 }
        """;

    [Fact]
    public async Task Launch_Space_CreatesWhatThePreviewCounts()
    {
        SweepPreview preview = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml);
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);

        Assert.Equal((6, 0, 0, 6), (preview.Cells, preview.Duplicates, preview.Excluded, preview.Runs));
        IReadOnlyList<RunView> runs = await RunsAsync(sweep);
        Assert.Equal(6, runs.Count);
        Assert.Equal(["small_cnn", "lenet5", "small_cnn", "lenet5", "small_cnn", "lenet5"], runs.Select(run => run.Config["model"].GetString()));
        Assert.Equal(3, runs.Select(run => run.Config["learningRate"].GetDouble()).Distinct().Count());
        Assert.Empty(sweep.Warnings!);
    }

    [Fact]
    public async Task Launch_SameSpaceAgain_DrawsAndReusesTheSameRuns()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);
        var worker = new ScriptedWorker(Host);
        for (int i = 0; i < 6; i++)
        {
            await worker.CompleteAsync(await worker.ClaimAsync());
        }

        await Host.UntilAsync(sweep.Id, ended => ended.Status == SweepStatus.Completed);
        SweepPreview again = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml);
        SweepPreview other = await Host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml.Replace("seed: 7", "seed: 8", StringComparison.Ordinal));

        Assert.Equal((6, 6), (again.Runs, again.Reused));
        Assert.Equal((6, 0), (other.Runs, other.Reused));
    }

    [Fact]
    public async Task Launch_SpaceWhileTheSameIsUnfinished_ContinuesIt()
    {
        SweepView first = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);
        SweepView same = await Host.PostAsync<SweepView>("/api/sweeps?continue=true", Yaml);
        SweepView other = await Host.PostAsync<SweepView>("/api/sweeps?continue=true", Yaml.Replace("seed: 7", "seed: 8", StringComparison.Ordinal));

        Assert.Equal(first.Id, same.Id);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task Extend_MoreRunsAndMoreCells_DrawsOnAndTheSameForNewCells()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);
        IReadOnlyList<RunView> before = await RunsAsync(sweep);

        SweepPreview preview = await Host.PostAsync<SweepPreview>($"/api/sweeps/{sweep.Id}/extend/preview", "runs: 5");
        SweepView longer = await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "runs: 5");
        SweepView wider = await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { model: [lenet5, student_cnn] }");

        Assert.Equal((4, 0, 4), (preview.Cells, preview.Duplicates, preview.Runs));
        Assert.Equal((10, 15), (longer.RunCounts.Total, wider.RunCounts.Total));
        IReadOnlyList<RunView> runs = await RunsAsync(sweep);
        Assert.Equal(Enumerable.Range(1, 15), runs.Select(run => run.Cell));
        Assert.Equal(before.Select(run => run.Id), runs.Take(6).Select(run => run.Id));
        Assert.All(
            runs.GroupBy(run => run.Config["learningRate"].GetDouble()),
            draw => Assert.Equal(["lenet5", "small_cnn", "student_cnn"], draw.Select(run => run.Config["model"].GetString()).Order(StringComparer.Ordinal)));

        SweepView fresh = await Host.PostAsync<SweepView>("/api/sweeps", await FileAsync(sweep));
        Assert.Equal(runs.Select(run => run.Key).Order(StringComparer.Ordinal), (await RunsAsync(fresh)).Select(run => run.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("runs: 3", "runs", "not more than its 3 runs: 3")]
    [InlineData("grid: { learningRate: [0.1] }", "grid.learningRate", "drawn from the sweep's space")]
    public async Task Extend_WhatASpaceCannotTake_IsRefused(string body, string path, string expected)
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);

        HttpResponseMessage response = await Host.PostAsync($"/api/sweeps/{sweep.Id}/extend", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        string problem = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"\"{path}\"", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_AfterARestart_DrawsOn()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", Yaml);
        await RestartAsync();

        SweepView longer = await Host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "runs: 4");

        Assert.Equal(8, longer.RunCounts.Total);
        Assert.Equal(4, (await RunsAsync(sweep)).Select(run => run.Config["learningRate"].GetDouble()).Distinct().Count());
    }

    [Fact]
    public async Task Launch_SpaceWithFewConfigurations_WarnsHowManyRunsAreMissing()
    {
        SweepView sweep = await Host.PostAsync<SweepView>("/api/sweeps", "name: few\ndataset: digits\nspace: { seed: [1, 2] }\nsearch: { runs: 5 }\n");

        Assert.Equal(2, sweep.RunCounts.Total);
        Assert.Contains("3 fewer runs than asked for", Assert.Single(sweep.Warnings!).Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<RunView>> RunsAsync(SweepView sweep) => (await Host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs")).Items;

    private async Task<string> FileAsync(SweepView sweep) =>
        await (await Host.GetAsync($"/api/sweeps/{sweep.Id}/spec.yaml")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
