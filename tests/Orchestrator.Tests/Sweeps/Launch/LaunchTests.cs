using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

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
    public async Task Launch_TenConcurrentlyThatMayContinue_MakeOneSweep()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.PostAsync("/api/sweeps?continue=true", SweepFiles.Of(3))));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Created], answers.Select(answer => answer.StatusCode).Distinct().Order());
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(1, (await host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
    }

    /// <summary>The first sweep ends during its launch. The clock stands still, so all ten have the same launch time.</summary>
    [Fact]
    public async Task Launch_TenConcurrentlyThatMayContinueAndReuseEverything_MakeOneSweep()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder, time);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        var worker = new ScriptedWorker(host);
        await worker.CompleteAsync(await worker.ClaimAsync());
        await TestTimeout.UntilAsync(() => host.GetAsync<Page<SweepView>>("/api/sweeps"), page => page.Items.All(sweep => sweep.Status == SweepStatus.Completed));
        time.Advance(TimeSpan.FromSeconds(1));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.PostAsync("/api/sweeps?continue=true", SweepFiles.Of(1))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(2, (await host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
    }

    [Fact]
    public async Task Launch_TenConcurrentlyThatMayNot_MakeTenSweepsThatTrainEachCellOnce()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2))));
        var worker = new ScriptedWorker(host);

        await worker.CompleteAsync(await worker.ClaimAsync());
        await worker.CompleteAsync(await worker.ClaimAsync());

        Page<SweepView> sweeps = await TestTimeout.UntilAsync(
            () => host.GetAsync<Page<SweepView>>("/api/sweeps"), page => page.Items.All(sweep => sweep.Status == SweepStatus.Completed));
        Assert.Equal((10, 20), (sweeps.Total, sweeps.Items.Sum(sweep => sweep.RunCounts.Completed)));
    }

    [Fact]
    public async Task Launch_ListOfGrids_TrainsTheirUnionAndIsExportedAsItWas()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", TwoGrids);
        SweepView extended = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: [ { seed: [2, 3, 4] }, { epochs: [2] } ]");

        Assert.Equal((3, 6), (sweep.RunCounts.Total, extended.RunCounts.Total));
        Page<RunView> runs = await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs");
        Assert.Equal(
            [(1, "small_cnn", 1), (2, "small_cnn", 2), (3, "resnet18", 1), (4, "small_cnn", 3), (5, "small_cnn", 4), (6, "small_cnn", 42)],
            runs.Items.Select(run => (run.Cell, run.Config["model"].GetString()!, run.Config["seed"].GetInt32())));
        string file = await (await host.GetAsync($"/api/sweeps/{sweep.Id}/spec.yaml")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        SweepPreview again = await host.PostAsync<SweepPreview>("/api/sweeps/preview", file);
        Assert.Equal((7, 1, 6), (again.Cells, again.Duplicates, again.Runs));
    }

    [Fact]
    public async Task Launch_ProbableMistake_WarnsWithItsCellsEverywhere()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        const string Yaml = "name: w\ndataset: digits\nbase: { epochs: 2 }\ngrid: { seed: [1, 2], momentum: [0.8, 0.9], freezeEpochs: [0, 2] }\n";

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", Yaml);
        SweepView same = await host.PostAsync<SweepView>("/api/sweeps?continue=true", Yaml);
        SweepView extended = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [3] }");

        Assert.Equal((8, 4, 4), (preview.Cells, preview.Duplicates, preview.Runs));
        Assert.Equal([("grid.momentum", "1 2 3 4"), ("grid.freezeEpochs", "2 4")], Told(preview.Warnings));
        Assert.Equal(Told(preview.Warnings), Told(sweep.Warnings!));
        Assert.Equal(Told(preview.Warnings), Told(same.Warnings!));
        Assert.Equal([("grid.momentum", "5 6"), ("grid.freezeEpochs", "6")], Told(extended.Warnings!));
        Assert.Null((await host.GetAsync<SweepView>($"/api/sweeps/{sweep.Id}")).Warnings);
    }

    [Fact]
    public async Task Launch_WeightFileThatChanged_IsTrainedAgainAndOneThatDidNotIsReused()
    {
        using var folder = new TempFolder();
        using var files = new TempFolder();
        string target = Path.Combine(files.Path, "target.pth");
        string link = Path.Combine(files.Path, "weights.pth");
        await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, target);
        await using TestHost host = await TestHost.StartAsync(folder);
        RunView first = await LaunchOneAsync(host, link);
        var worker = new ScriptedWorker(host);
        await worker.CompleteAsync(await worker.ClaimAsync());
        await host.UntilRunAsync(first.Id, run => run.Status == RunStatus.Completed);

        RunView unchanged = await LaunchOneAsync(host, link);
        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(target).AddTicks(10));
        RunView touched = await LaunchOneAsync(host, link);
        await File.WriteAllTextAsync(target, "longer", TestContext.Current.CancellationToken);
        RunView longer = await LaunchOneAsync(host, link);

        Assert.Equal((first.Key, RunStatus.Completed), (unchanged.Key, unchanged.Status));
        Assert.DoesNotContain(RunStatus.Completed, new[] { touched.Status, longer.Status });
        Assert.Equal(3, new[] { first.Key, touched.Key, longer.Key }.Distinct().Count());
    }

    [Theory]
    [InlineData("last.ckpt")]
    [InlineData("LAST.PTH")]
    [InlineData("model.SafeTensors")]
    public async Task Launch_WeightFileOfAnyKnownEnding_IsAllowed(string name)
    {
        using var folder = new TempFolder();
        using var files = new TempFolder();
        string path = Path.Combine(files.Path, name);
        await File.WriteAllTextAsync(path, "weights", TestContext.Current.CancellationToken);
        await using TestHost host = await TestHost.StartAsync(folder);

        Assert.Equal(path, (await LaunchOneAsync(host, path)).Config["pretrained"].GetString());
    }

    [Fact]
    public async Task Launch_GitLfsPointerAsWeights_IsRefusedAndSaysWhatToDo()
    {
        using var folder = new TempFolder();
        using var files = new TempFolder();
        string path = Path.Combine(files.Path, "own.safetensors");
        await File.WriteAllTextAsync(path, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", TestContext.Current.CancellationToken);
        await using TestHost host = await TestHost.StartAsync(folder);

        HttpResponseMessage response = await host.PostAsync("/api/sweeps", $"name: w\ndataset: digits\nbase: {{ pretrained: \"{path}\" }}\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("it is a Git LFS pointer, a text in place of the file itself; run git lfs pull", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<RunView> LaunchOneAsync(TestHost host, string weights)
    {
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", $"name: w\ndataset: digits\nbase: {{ epochs: 1, pretrained: \"{weights}\" }}\n");
        return Assert.Single((await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs")).Items);
    }

    private const string TwoGrids = "name: g\ndataset: digits\nbase: { epochs: 1 }\ngrid: [ { seed: [1, 2] }, { model: [resnet18], seed: [1] } ]\n";

    private static IEnumerable<(string Path, string Cells)> Told(IReadOnlyList<SweepWarning> warnings) =>
        warnings.Select(warning => (warning.Path, string.Join(' ', warning.Cells)));
}
