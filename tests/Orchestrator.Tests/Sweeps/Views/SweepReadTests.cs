using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Views;

public sealed class SweepReadTests
{
    [Fact]
    public async Task List_FilteredAndPaged_IsNewestFirst()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        foreach (string name in (string[])["a", "b", "c"])
        {
            await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, name == "b" ? "tags: [special]" : "tags: [demo]", name));
        }

        Page<SweepView> all = await host.GetAsync<Page<SweepView>>("/api/sweeps");
        Page<SweepView> second = await host.GetAsync<Page<SweepView>>("/api/sweeps?skip=1&take=1");
        Page<SweepView> tagged = await host.GetAsync<Page<SweepView>>("/api/sweeps?tag=special");
        Page<SweepView> completed = await host.GetAsync<Page<SweepView>>("/api/sweeps?status=completed");

        Assert.Equal(["c", "b", "a"], all.Items.Select(sweep => sweep.Name));
        Assert.Equal((3, "b"), (second.Total, second.Items.Single().Name));
        Assert.Equal("b", tagged.Items.Single().Name);
        Assert.Equal(0, completed.Total);
    }

    [Theory]
    [InlineData(0.5, 0.9, 1)]
    [InlineData(0.9, 0.9, 2)]
    public async Task Get_RunsOfTheSameValue_CountsThemAmongTheBest(double first, double second, int best)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        string sweep = (await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2))).Id;
        await worker.CompleteAsync(await worker.ClaimAsync(), first);
        await worker.CompleteAsync(await worker.ClaimAsync(), second);

        SweepView view = await host.UntilAsync(sweep, s => s.RunCounts.Completed == 2);

        Assert.Equal((0.9, best), (view.BestValue, view.BestRuns));
        Assert.Null(view.FirstFailure);
    }

    [Fact]
    public async Task List_SortedByAnyColumn_IsInThatOrderAndThoseWithoutAValueLast()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        await EndAsync(await LaunchAsync("b", 1), 0.7);
        await EndAsync(await LaunchAsync("a", 2), 0.9);
        await LaunchAsync("C", 3);
        await host.PostAsync<SweepView>($"/api/sweeps/{(await host.GetAsync<Page<SweepView>>("/api/sweeps?q=C")).Items[0].Id}/pause");

        Assert.Equal("a b C", await NamesAsync("name"));
        Assert.Equal("C b a", await NamesAsync("-name"));
        Assert.Equal("b a C", await NamesAsync("runs"));
        Assert.Equal("b a C", await NamesAsync("-progress"));
        Assert.Equal("a b C", await NamesAsync("-best"));
        Assert.Equal("b a C", await NamesAsync("best"));
        Assert.Equal("b C a", await NamesAsync("finishedAt"));
        Assert.Equal("b a C", await NamesAsync("createdAt"));
        Assert.Equal("a C b", await NamesAsync("status"));
        Assert.Contains("nothing to sort by", await (await host.GetAsync("/api/sweeps?sort=-nam")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        async Task<string> NamesAsync(string sort) => string.Join(' ', (await host.GetAsync<Page<SweepView>>($"/api/sweeps?sort={sort}")).Items.Select(sweep => sweep.Name));

        Task<SweepView> LaunchAsync(string name, int runs) => host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(runs, "reuse: false", name));

        async Task EndAsync(SweepView sweep, double accuracy)
        {
            RunClaimed run = await worker.ClaimAsync();
            Assert.Equal(sweep.Id, run.SweepId);
            await worker.FinishEpochAsync(run, 1, accuracy);
            await worker.EndAsync(run, AttemptOutcome.Completed, null);
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);
        }
    }

    [Fact]
    public async Task Spec_AsYaml_CanBeLaunchedAgain()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Quickstart);

        string yaml = await (await host.GetAsync($"/api/sweeps/{sweep.Id}/spec.yaml")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        SweepView clone = await host.PostAsync<SweepView>("/api/sweeps", yaml, "text/yaml");

        Assert.Equal(sweep.Spec.GetRawText(), clone.Spec.GetRawText());
        Assert.Equal(12, clone.RunCounts.Total);
    }

    [Fact]
    public async Task Reuse_EqualCompletedRun_IsTakenOver()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host);
        SweepView first = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        string file = Path.Combine(host.Get<ServiceDefaults.Artifacts.ArtifactFolder>().PrepareAttemptFolder(run.RunId, 1), "best.safetensors");
        await File.WriteAllTextAsync(file, "weights", TestContext.Current.CancellationToken);
        await worker.FinishEpochAsync(run, 1, 0.8);
        await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 7, "abc"));
        await host.UntilAsync(first.Id, s => s.Status == SweepStatus.Completed);

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", SweepFiles.Of(2));
        SweepView second = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        SweepView third = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        SweepView fresh = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "reuse: false"));

        Assert.Equal(new SweepPreview(2, 0, 1, 2) { Stages = new SweepStages(0, 4, 2) }, preview with { Estimate = null, Warnings = [] });
        Assert.Equal((SweepStatus.Running, 1, 0.8), (second.Status, second.RunCounts.Completed, second.BestValue));
        Assert.Equal(SweepStatus.Completed, third.Status);
        Assert.Equal((0, 1), (fresh.RunCounts.Completed, fresh.RunCounts.Total));
        RunView reused = (await host.GetAsync<Page<RunView>>($"/api/sweeps/{third.Id}/runs")).Items.Single();
        Assert.Equal((run.RunId, RunStatus.Completed, 1), (reused.ReusedFrom, reused.Status, reused.Epoch));
        Assert.Equal(0.8, reused.Summary[MetricNames.ValidationAccuracy].Best);
        var curves = await host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{reused.Id}/metrics?name=validation/accuracy");
        Assert.Equal(0.8, curves[MetricNames.ValidationAccuracy].Single().Value);
        HttpResponseMessage artifact = await host.GetAsync($"/api/runs/{reused.Id}/artifacts/best.safetensors");
        Assert.Equal("weights", await artifact.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Preview_DuplicateCells_AreCountedAndNothingIsStored()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        SweepPreview preview = await host.PostAsync<SweepPreview>(
            "/api/sweeps/preview", "name: x\ndataset: digits\ngrid: { imageSize: [null, 32], seed: [1, 2, 3] }");

        Assert.Equal(new SweepPreview(6, 3, 0, 3) { Stages = new SweepStages(0, 30, 30) }, preview with { Estimate = null, Warnings = [] });
        Assert.Equal(0, (await host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
    }
}
