using System.Net;
using System.Net.Http.Headers;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs;

/// <summary>Reads of a sweep of four runs, of which three completed with accuracies 0.5, 0.9 and 0.7.</summary>
public sealed class RunReadTests(RunReadTests.TrainedSweep trained) : IClassFixture<RunReadTests.TrainedSweep>
{
    private TestHost Host => trained.Host;

    [Theory]
    [InlineData("", "1 2 3 4")]
    [InlineData("?sort=-cell", "4 3 2 1")]
    [InlineData("?sort=seed", "1 2 3 4")]
    [InlineData("?sort=-seed&skip=1&take=2", "3 2")]
    [InlineData("?sort=validation/accuracy", "1 3 2 4")]
    [InlineData("?sort=-validation/accuracy", "2 3 1 4")]
    [InlineData("?sort=custom/metric", "1 2 3 4")]
    [InlineData("?sort=-createdAt", "1 2 3 4")]
    [InlineData("?sort=status", "4 1 2 3")]
    [InlineData("?sort=model", "1 2 3 4")]
    [InlineData("?status=completed&sort=-cell", "3 2 1")]
    [InlineData("?status=failed", "")]
    public async Task List_SortedAndFiltered_IsInThatOrder(string query, string cells)
    {
        Page<RunView> page = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs{query}");

        Assert.Equal(cells, string.Join(' ', page.Items.Select(run => run.Cell)));
    }

    [Theory]
    [InlineData("learningrat", "learningRate")]
    [InlineData("-validation/acuracy", "validation/accuracy")]
    [InlineData("'; DROP TABLE Runs; --", "allowed")]
    public async Task List_UnknownSort_NamesTheNearest(string sort, string text)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?sort={Uri.EscapeDataString(sort)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_Sweep_HasARowPerRunAndAColumnPerHyperparameter()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.csv?sort=-validation/accuracy");
        string[] lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("test.csv", response.Content.Headers.ContentDisposition?.FileNameStar);
        string[] columns = lines[0].Split(',');
        Assert.Superset(HyperparameterCatalog.Names.ToHashSet(), columns.ToHashSet());
        Assert.Contains("validation/accuracy (best)", columns);
        Assert.Equal(["2", "3", "1", "4"], lines[1..5].Select(line => line.Split(',')[1]));
        Assert.Equal(["0.9", "0.7", "0.5", ""], lines[1..5].Select(line => line.Split(',')[Array.IndexOf(columns, "validation/accuracy (best)")]));
    }

    [Fact]
    public async Task Csv_SkipAndTake_GiveAPartOfTheRows()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.csv?skip=1&take=2");
        string csv = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["2", "3"], csv.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Compare_MalformedId_NamesIt()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/runs/compare?ids={trained.RunIds[0]},nope");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not an id", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ByName_AreThinned()
    {
        string path = $"/api/runs/{trained.RunIds[0]}/metrics";
        var all = await Host.GetAsync<Dictionary<string, SeriesPoint[]>>(path);
        var one = await Host.GetAsync<Dictionary<string, SeriesPoint[]>>($"{path}?name=batch/loss&maxPoints=10");

        Assert.Equal([MetricNames.BatchLoss, "custom/metric", MetricNames.ValidationAccuracy], all.Keys.Order());
        Assert.Equal(1000, all[MetricNames.BatchLoss].Length);
        SeriesPoint[] thinned = Assert.Single(one).Value;
        Assert.InRange(thinned.Length, 2, 10);
        Assert.Equal(all[MetricNames.BatchLoss].Max(p => p.Value), thinned.Max(p => p.Value));
    }

    [Fact]
    public async Task Compare_Runs_SplitsTheirConfiguration()
    {
        RunComparison comparison = await Host.GetAsync<RunComparison>(
            $"/api/runs/compare?ids={trained.RunIds[1]},{trained.RunIds[0]}&metrics=validation/accuracy&maxPoints=100");

        Assert.Equal([trained.RunIds[1], trained.RunIds[0]], comparison.Runs.Select(run => run.Id));
        Assert.Equal(["seed"], comparison.DifferingKeys);
        Assert.Equal("small_cnn", comparison.SharedConfig["model"].GetString());
        Assert.Equal("digits", comparison.SharedConfig["dataset"].ValueKind == System.Text.Json.JsonValueKind.String
            ? comparison.SharedConfig["dataset"].GetString()
            : comparison.SharedConfig["dataset"].GetProperty("name").GetString());
        Assert.Equal(0.9, comparison.Series[MetricNames.ValidationAccuracy][trained.RunIds[1]].Single().Value);
    }

    [Fact]
    public async Task Artifact_Head_TellsItsLength()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/runs/{trained.RunIds[0]}/artifacts/best.safetensors");

        HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, 7L), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Artifact_Range_IsServedPartly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{trained.RunIds[0]}/artifacts/best.safetensors");
        request.Headers.Range = new RangeHeaderValue(2, 4);

        HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("igh", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(7, response.Content.Headers.ContentRange?.Length);
    }

    [Theory]
    [InlineData("last.safetensors")]
    [InlineData("checkpoint.safetensors")]
    [InlineData("..%2Fbest.safetensors")]
    public async Task Artifact_NotListed_IsNotFound(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync($"/api/runs/{trained.RunIds[0]}/artifacts/{name}")).StatusCode);

    public sealed class TrainedSweep : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public TestHost Host { get; private set; } = null!;

        public string SweepId { get; private set; } = "";

        public IReadOnlyList<string> RunIds { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Host = await TestHost.StartAsync(_folder);
            var worker = new ScriptedWorker(Host);
            SweepId = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(4))).Id;
            var ids = new List<string>();
            foreach (double accuracy in (double[])[0.5, 0.9, 0.7])
            {
                RunClaimed run = await worker.ClaimAsync();
                ids.Add(run.RunId);
                await TrainAsync(worker, run, accuracy);
            }

            RunIds = ids;
            await Host.UntilAsync(SweepId, s => s.RunCounts.Completed == 3);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }

        private async Task TrainAsync(ScriptedWorker worker, RunClaimed run, double accuracy)
        {
            string folder = Host.Get<ServiceDefaults.Artifacts.IArtifactStore>().PrepareAttemptFolder(run.RunId, 1);
            await File.WriteAllTextAsync(Path.Combine(folder, "best.safetensors"), "weights", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.safetensors"), "secret", TestContext.Current.CancellationToken);
            MetricPoint[] points = [.. Enumerable.Range(1, 1000).Select(i => new MetricPoint(i, MetricNames.BatchLoss, i, Math.Sin(i), DateTimeOffset.UnixEpoch))];
            await Host.Get<Experiments.Orchestrator.Metrics.MetricArchive>().StoreAsync(
                [new MetricBatch(run.SweepId, run.RunId, 1, points)], null, TestContext.Current.CancellationToken);
            await worker.SendAsync(worker.Epoch(run, 1, accuracy) with
            {
                Metrics = new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = accuracy, ["custom/metric"] = 1 },
            });
            await worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 7, "abc"));
        }
    }
}
