using System.Globalization;
using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Views;

/// <summary>Reads of several runs: groups, curves, comparisons.</summary>
public sealed class RunComparisonReadTests(TrainedSweep trained) : IClassFixture<TrainedSweep>
{
    private TestHost Host => trained.Host;

    [Fact]
    public async Task Groups_BySeedAndModel_HaveWhatTheirRunsCameTo()
    {
        RunGroups groups = await Host.GetAsync<RunGroups>($"/api/sweeps/{trained.SweepId}/groups?by=model,seed&filter=seed%20<%204&take=2");

        Assert.Equal((3, 3, "validation/accuracy"), (groups.Total, groups.Runs, groups.Metric));
        Assert.Equal(["model = small_cnn and seed = 2", "model = small_cnn and seed = 3"], groups.Items.Select(group => group.Filter));
        Assert.Equal([0.9, 0.7], groups.Items.Select(group => group.Mean!.Value));
        Page<RunView> runs = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(groups.Items[0].Filter!)}");
        Assert.Equal(2, Assert.Single(runs.Items).Cell);
    }

    [Fact]
    public async Task Groups_ByWhatIsTheSame_SumUpAllRuns()
    {
        RunGroups groups = await Host.GetAsync<RunGroups>($"/api/sweeps/{trained.SweepId}/groups?by=gradientClipping,freezeBatchNorm&metric=custom/metric");

        RunGroup group = Assert.Single(groups.Items);
        Assert.Equal((4, 3, 1.0, 0.0), (group.Counts.Total, group.Measured, group.Mean, group.Deviation));
        Page<RunView> runs = await Host.GetAsync<Page<RunView>>($"/api/sweeps/{trained.SweepId}/runs?filter={Uri.EscapeDataString(group.Filter!)}");
        Assert.Equal(4, runs.Total);
    }

    [Fact]
    public async Task Groups_WithCurve_HaveMeanAndDeviationOfEachEpoch()
    {
        RunGroups groups = await Host.GetAsync<RunGroups>($"/api/sweeps/{trained.SweepId}/groups?by=model&curve=validation/accuracy&filter=seed%20<%203");
        RunGroups without = await Host.GetAsync<RunGroups>($"/api/sweeps/{trained.SweepId}/groups?by=model");

        GroupPoint point = Assert.Single(Assert.Single(groups.Items).Curve!);
        Assert.Equal((1, 0.7, 2), (point.Step, point.Mean, point.Runs));
        Assert.Equal(Math.Sqrt(0.08), point.Deviation!.Value, tolerance: 1e-12);
        Assert.Null(Assert.Single(without.Items).Curve);
    }

    [Fact]
    public async Task Groups_WhateverTheirOrder_AreNumberedByTheirFirstCell()
    {
        RunGroups groups = await Host.GetAsync<RunGroups>($"/api/sweeps/{trained.SweepId}/groups?by=seed&sort=-mean");

        Assert.Equal([2, 3, 1, 4], groups.Items.Select(group => group.Number));
    }

    [Theory]
    [InlineData("by=model&maxPoints=0", "maxPoints", "from 1 to 1000")]
    [InlineData("by=modle", "by", "did you mean \"model\"?")]
    [InlineData("by=model&metric=nothing", "metric", "nothing")]
    [InlineData("by=model&metric=optimizer", "metric", "not a metric")]
    [InlineData("by=model&sort=seed", "sort", "allowed: mean, best, deviation, runs, model")]
    [InlineData("by=model&filter=sed=1", "filter", "nothing to filter by")]
    public async Task Groups_BadQuery_SaysWhatIsAllowed(string query, string name, string problem)
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/sweeps/{trained.SweepId}/groups?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(problem, body.RootElement.GetProperty("errors").GetProperty(name)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_ManyRuns_AreThinnedAndInOneAnswer()
    {
        var curves = await Host.GetAsync<Dictionary<string, SeriesPoint[]>>(
            $"/api/sweeps/{trained.SweepId}/curves?ids={string.Join(',', trained.RunIds)}&metric=batch/loss&maxPoints=10");
        var objective = await Host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/sweeps/{trained.SweepId}/curves?ids={trained.RunIds[1]}");

        Assert.Equal(trained.RunIds.Order(), curves.Keys.Order());
        Assert.All(curves.Values, points => Assert.InRange(points.Length, 2, 10));
        Assert.Equal(0.9, Assert.Single(objective[trained.RunIds[1]]).Value);
    }

    [Fact]
    public async Task Compare_MalformedId_NamesIt()
    {
        HttpResponseMessage response = await Host.GetAsync($"/api/runs/compare?ids={trained.RunIds[0]},nope");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not an id", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_RunsThatAreGone_AreNamedAndTheOthersShown()
    {
        const string Gone = "00000000000000000000000000";

        RunComparison comparison = await Host.GetAsync<RunComparison>(
            $"/api/runs/compare?ids={Gone},{trained.RunIds[0]},half-an-id&metrics=validation/accuracy&skipMissing=true");

        Assert.Equal([trained.RunIds[0]], comparison.Runs.Select(run => run.Id));
        Assert.Equal([Gone, "half-an-id"], comparison.Missing);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync($"/api/runs/compare?ids={Gone},{trained.RunIds[0]}")).StatusCode);
        RunComparison none = await Host.GetAsync<RunComparison>($"/api/runs/compare?ids={Gone}&skipMissing=true");
        Assert.Empty(none.Runs);
    }

    [Fact]
    public async Task Compare_WithoutTimes_LeavesThemOut()
    {
        JsonElement comparison = await Host.GetAsync<JsonElement>(
            $"/api/runs/compare?ids={trained.RunIds[0]}&metrics=validation/accuracy&times=false");

        Assert.Equal("[1,0.5]", comparison.GetProperty("series").GetProperty("validation/accuracy").GetProperty(trained.RunIds[0])[0].GetRawText());
    }

    /// <summary>To draw live points over history, the dashboard needs the attempt of each point.</summary>
    [Theory]
    [InlineData("/api/runs/compare?ids={0}&metrics=validation/accuracy&times=false&attempts=true", "[1,0.5,null,1]")]
    [InlineData("/api/runs/{0}/metrics?name=validation/accuracy&attempts=true", "Z\",1]")]
    [InlineData("/api/sweeps/{1}/curves?ids={0}&times=false&attempts=true", "[1,0.5,null,1]")]
    [InlineData("/api/sweeps/{1}/curves?ids={0}&times=false", "[1,0.5]")]
    public async Task Curves_WithAttempts_IncludeTheAttemptOfEachPoint(string address, string expected)
    {
        HttpResponseMessage response = await Host.GetAsync(string.Format(CultureInfo.InvariantCulture, address, trained.RunIds[0], trained.SweepId));

        Assert.Contains(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TwoHundredRuns_AreTakenAndNoMore()
    {
        string ids = string.Join(',', Enumerable.Range(100, 200).Select(i => $"00000000000000000000000{i}"));

        Assert.Equal(200, (await Host.GetAsync<RunComparison>($"/api/runs/compare?ids={ids}&skipMissing=true")).Missing!.Count);
        HttpResponseMessage response = await Host.GetAsync($"/api/runs/compare?ids={ids},00000000000000000000000001&skipMissing=true");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("1 to 200 ids", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_PointsThatCameAfterALook_AreInTheNext()
    {
        string path = $"/api/runs/{trained.RunIds[2]}/metrics?name=batch/loss&maxPoints=200";
        SeriesPoint[] before = (await Host.GetAsync<Dictionary<string, SeriesPoint[]>>(path))[MetricNames.BatchLoss];
        Assert.Equal(before, (await Host.GetAsync<Dictionary<string, SeriesPoint[]>>(path))[MetricNames.BatchLoss]);

        await Host.Get<Experiments.Orchestrator.Metrics.MetricArchive>().StoreAsync(
            [new MetricBatch(trained.SweepId, trained.RunIds[2], 1, [new MetricPoint(1001, MetricNames.BatchLoss, 500, 77, DateTimeOffset.UnixEpoch)])],
            null,
            TestContext.Current.CancellationToken);

        Assert.Contains((await Host.GetAsync<Dictionary<string, SeriesPoint[]>>(path))[MetricNames.BatchLoss], point => point.Value == 77);
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
}
