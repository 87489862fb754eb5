using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs;

/// <summary>Lists of a sweep's runs, and what they left behind.</summary>
public sealed class RunReadTests(TrainedSweep trained) : IClassFixture<TrainedSweep>
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
    [InlineData("validation/accuracy > 0.6", "2 3")]
    [InlineData("not validation/accuracy > 0.6", "1 4")]
    [InlineData("seed in (1, 4)", "1 4")]
    [InlineData("status = completed and seed != 2", "1 3")]
    [InlineData("seed = 1 or seed = 2 and validation/accuracy > 0.95", "1")]
    [InlineData("(seed = 1 OR seed = 2) AND validation/accuracy >= 9e-1", "2")]
    [InlineData("optimizer ~ AD and not not cell<=2", "1 2")]
    [InlineData("'optimizer'=\"adam\"", "1 2 3 4")]
    [InlineData("optimizer = adam and optimizer > 0", "")]
    [InlineData("gradientClipping = auto", "1 2 3 4")]
    [InlineData("gradientClipping > 0", "")]
    [InlineData("freezeBatchNorm = true", "1 2 3 4")]
    [InlineData("createdAt > 2000-01-01 and duration < 1e6", "1 2 3 4")]
    [InlineData("custom/metric > 0", "1 2 3")]
    [InlineData("failure = null", "1 2 3 4")]
    [InlineData("failure in (diverged, outOfMemory) or failureMessage ~ nan", "")]
    [InlineData("wallTime >= 0", "1 2 3")]
    public async Task List_Filter_GivesTheRunsThatMeetIt(string filter, string cells)
    {
        Page<RunView> page = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(cells, string.Join(' ', page.Items.Select(run => run.Cell)));
        Assert.Equal(page.Items.Count, page.Total);
    }

    [Theory]
    [InlineData("validation/acuracy > 1", "character 1: nothing to filter by: \"validation/acuracy\"", "did you mean \"validation/accuracy\"?")]
    [InlineData("seed >", "character 7: it ends where a value is expected", "")]
    [InlineData("seed ! 3", "character 6: unknown comparison: \"!\"", "allowed: = ==")]
    [InlineData("(seed = 1", "it ends where \")\" is expected", "")]
    [InlineData("seed = 1 seed", "character 10: \"and\", \"or\" or the end is expected, not \"seed\"", "")]
    [InlineData("failure = bad", "unknown kind of failure: \"bad\"", "outofmemory, diverged")]
    [InlineData("status = broken", "unknown status: \"broken\"", "allowed: pending")]
    [InlineData("model > adam", "not a number: \"adam\"", "")]
    [InlineData("model = 'adam", "the text that begins with ' has no end", "")]
    [InlineData("'; DROP TABLE Runs; --", "has no end", "")]
    [InlineData("startedAt > soon", "not a time: \"soon\"", "")]
    public async Task List_BadFilter_SaysWhereAndWhatIsAllowed(string filter, string problem, string allowed)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        string text = body.RootElement.GetProperty("errors").GetProperty("filter")[0].GetString()!;
        Assert.Contains(problem, text, StringComparison.Ordinal);
        Assert.Contains(allowed, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('x')]
    public async Task List_EndlessFilter_IsRefused(char filling)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs?filter={new string(filling, 1_900)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
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

    [Theory]
    [InlineData("", 1, 3)]
    [InlineData("?filter=validation/accuracy%20>%200.6", 0, 2)]
    [InlineData("?status=queued", 1, 0)]
    public async Task Counts_Filtered_SayHowManyStandWhere(string query, int waiting, int completed)
    {
        RunCounts counts = await Host.GetAsync<RunCounts>($"/api/sweeps/{trained.SweepId}/runs/counts{query}");

        Assert.Equal((waiting, completed, waiting + completed), (counts.Pending + counts.Queued, counts.Completed, counts.Total));
    }

    [Fact]
    public async Task Counts_Ids_AreOfTheseRunsAlone() => Assert.Equal(
        2, (await Host.GetAsync<RunCounts>($"/api/sweeps/{trained.SweepId}/runs/counts?ids={trained.RunIds[0]},{trained.RunIds[2]}")).Total);

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
    public async Task Json_Ids_GivesThoseRunsAsAFile()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/runs.json?ids={trained.RunIds[2]},{trained.RunIds[0]}&sort=-cell");
        using JsonDocument runs = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("test.json", response.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal([3, 1], runs.RootElement.EnumerateArray().Select(run => run.GetProperty("cell").GetInt32()));
        Assert.Equal(0.5, runs.RootElement[1].GetProperty("summary").GetProperty("validation/accuracy").GetProperty("best").GetDouble());
    }

    [Fact]
    public async Task Columns_Sweep_NamesTheMetricsThatWereMeasured() =>
        Assert.Equal(["custom/metric", "validation/accuracy"], (await Host.GetAsync<RunNames>($"/api/sweeps/{trained.SweepId}/names")).Metrics);

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
}
