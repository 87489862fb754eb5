using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

/// <summary>The chart of a sweep's page.</summary>
public sealed class SweepCurvesTests : SweepPageContext
{
    private const string Metric = MetricNames.ValidationAccuracy;

    [Fact]
    public void Publish_LivePoints_ReachTheChartWithoutAnyRequest()
    {
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
        page.WaitForAssertion(() => Assert.Contains(Orchestrator.Requests, request => request.Contains("/curves?ids=r1&", StringComparison.Ordinal) && !IsOfChart(request)));
        int requests = Orchestrator.Requests.Count;

        Services.GetRequiredService<LiveMetrics>().Publish(new MetricBatch("s1", "r1", 1, [new MetricPoint(9, Metric, 3, 0.7, Samples.Time)]));

        page.WaitForAssertion(() => Assert.Equal(3, Line(page, "r1").Curve.Points.Count));
        Assert.Equal(requests, Orchestrator.Requests.Count);
    }

    [Fact]
    public void Render_RunsInTheAddress_FadesTheOthers()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?runs=r2");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(["r2"], page.FindComponent<CurveChart>().Instance.Lines.Where(line => !line.Faded).Select(line => line.Key)));
    }

    [Fact]
    public void Render_MetricThatNoRunHas_SaysSo()
    {
        Orchestrator.On("GET /api/sweeps/s1/curves", new Dictionary<string, SeriesPoint[]>());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?metric=nope");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.StartsWith("None of these runs has \"nope\"", page.Find(".chart-empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_OtherLargeSweepSoonAfter_ShowsItsCurves()
    {
        Orchestrator
            .On("GET /api/sweeps/s2", Samples.Sweep("s2") with { RunCounts = new RunCounts(0, 0, Running: 60, 0, 0, 0) })
            .On("GET /api/sweeps/s2/runs", new Page<RunView>(60, [.. Enumerable.Range(1, 60).Select(cell => Samples.Run(cell, RunStatus.Running, epoch: 1))]))
            .On("GET /api/sweeps/s2/curves", new Dictionary<string, SeriesPoint[]> { ["r60"] = [new(1, 0.5, Samples.Time)] });
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));

        page.Render(parameters => parameters.Add(page => page.Id, "s2"));

        page.WaitForAssertion(() => Assert.Single(Line(page, "r60").Curve.Points));
    }

    [Fact]
    public void Click_TryAgainOnceTheOrchestratorIsBack_ShowsTheCurvesToo()
    {
        Orchestrator.IsDown = true;
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement(".empty button");

        Orchestrator.IsDown = false;
        page.Find(".empty button").Click();

        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
    }

    [Fact]
    public async Task Change_AfterTheCurvesOfALargeSweepCouldNotBeRead_ReadsThemAtOnce()
    {
        Page<RunView> runs = new(60, [.. Enumerable.Range(1, 60).Select(cell => Samples.Run(cell, RunStatus.Running, epoch: 1))]);
        Orchestrator
            .On("GET /api/sweeps/s2", Samples.Sweep("s2") with { RunCounts = new RunCounts(0, 0, Running: 60, 0, 0, 0) })
            .On("GET /api/sweeps/s2/curves", new Dictionary<string, SeriesPoint[]> { ["r60"] = [new(1, 0.5, Samples.Time)] })
            .OnProblem("GET /api/sweeps/s2/runs", System.Net.HttpStatusCode.ServiceUnavailable, "Not now.");
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s2"));
        page.WaitForElement(".metric-select");
        page.WaitForAssertion(() => Assert.NotNull(page.Instance.Problem));

        Orchestrator.On("GET /api/sweeps/s2/runs", runs);
        await page.InvokeAsync(page.Instance.ReloadAsync);

        page.WaitForAssertion(() => Assert.Single(Line(page, "r60").Curve.Points));
    }

    [Fact]
    public void Change_Metric_GoesIntoTheAddress()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.Find("select[aria-label='Metric of chart 1']").Change("train/loss");

        page.WaitForAssertion(() => Assert.EndsWith("?panels=train%2Floss", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_HowCurvesAreDrawn_GoesIntoTheAddress()
    {
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find(".smooth input").Change("0.6"));
        await page.InvokeAsync(() => ClickX(page, "Wall time"));
        await page.InvokeAsync(() => page.FindAll(".panel-head .check input")[0].Change(true));
        await page.InvokeAsync(() => page.FindAll(".panel-head .check input")[1].Change(true));
        await page.InvokeAsync(() => page.FindAll(".panel-head .check input")[2].Change(true));

        page.WaitForAssertion(() => Assert.Equal(new CurveView(0.6, CurveX.Time, LogX: true), Chart(page).View));
        Assert.True(Chart(page).LogScale && Chart(page).IgnoresOutliers);
        Assert.EndsWith("?smooth=0.6&x=time&panels=validation%2Faccuracy~xyo", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_SecondMetric_HasAChartOfItsOwnWithItsCurves()
    {
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("select[aria-label='Add a chart']").Change("train/loss"));

        page.WaitForAssertion(() => Assert.Equal(["validation/accuracy", "train/loss"], page.FindComponents<CurveChart>().Select(chart => chart.Instance.Metric)));
        page.WaitForAssertion(() => Assert.Contains(CurveReads, request => request.Contains("metric=train%2Floss", StringComparison.Ordinal)));
        Assert.Equal("validation/accuracy,train/loss", JSInterop.Invocations["dashboardTable.rememberCharts"].Single().Arguments[1]);

        await page.InvokeAsync(() => page.Find("button[aria-label='Move train/loss forwards']").Click());
        page.WaitForAssertion(() => Assert.EndsWith("?panels=train%2Floss%2Cvalidation%2Faccuracy", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("button[aria-label='Remove the chart of train/loss']").Click());
        page.WaitForAssertion(() => Assert.DoesNotContain("panels", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Single(page.FindComponents<CurveChart>());
    }

    [Fact]
    public void Render_ChartsOfLastTime_ComeBack()
    {
        JSInterop.Setup<string?>("dashboardTable.charts", "s1").SetResult("train/loss~o,validation/loss");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal([("train/loss", true), ("validation/loss", false)], page.FindComponents<CurveChart>().Select(chart => (chart.Instance.Metric, chart.Instance.IgnoresOutliers))));
    }

    [Fact]
    public async Task Change_Condition_LeavesTheCurvesOfTheRunsThatMeetIt()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs?filter=seed%20%3E%202", new Page<RunView>(1, [Samples.Run(3, RunStatus.Running, epoch: 1)]));
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, Chart(page).Lines.Count));

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change("seed > 2"));

        page.WaitForAssertion(() => Assert.Equal(["r3"], Chart(page).Lines.Select(line => line.Key)));
        Assert.Contains("1 of 4 runs", page.Find(".curves-head .card-note").TextContent, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change(""));
        page.WaitForAssertion(() => Assert.Equal(4, Chart(page).Lines.Count));
    }

    [Fact]
    public void Render_StatusInTheAddressOfALargeSweep_AsksForTheBestOfThese()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep() with { RunCounts = new RunCounts(0, 0, 0, Completed: 300, 0, 0) })
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(250, [.. Enumerable.Range(1, 200).Select(cell => Samples.Run(cell))]))
            .On("GET /api/sweeps/s1/curves", new Dictionary<string, SeriesPoint[]>());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?status=completed");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("the best 200 of 250 runs that match", page.Find(".curves-head .card-note").TextContent.Trim()));
        Assert.Contains("GET /api/sweeps/s1/runs?status=completed&sort=-validation%2Faccuracy&skip=0&take=200", Orchestrator.Requests);
    }

    [Fact]
    public async Task Change_ConditionThatCannotBeRead_LeavesNoCurves()
    {
        Orchestrator.OnProblem(
            "GET /api/sweeps/s1/runs?filter", System.Net.HttpStatusCode.BadRequest, "The request is not valid.",
            new Dictionary<string, string[]> { ["filter"] = ["character 1: nothing to filter by: \"sed\""] });
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, Chart(page).Lines.Count));

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change("sed > 2"));

        page.WaitForAssertion(() => Assert.Empty(Chart(page).Lines));
        Assert.Equal("No runs are listed below", page.Find(".chart-empty").TextContent);
    }

    [Fact]
    public async Task Select_RunOutsideOfTheCondition_HasNoCurve()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs?filter=seed%20%3E%202", new Page<RunView>(1, [Samples.Run(3, RunStatus.Running, epoch: 1)]));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?runs=r1,r3");
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change("seed > 2"));

        page.WaitForAssertion(() => Assert.Equal(["r3"], Chart(page).Lines.Select(line => line.Key).Distinct()));
    }

    [Fact]
    public void Render_Grouped_DrawsABandAndAMeanOfEachGroupInTheColorOfItsRow()
    {
        Orchestrator.On("GET /api/sweeps/s1/groups", SampleGroups());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?group=model&x=time");

        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));

        page.WaitForAssertion(() => Assert.Equal(
            [("group-2-low", LinePart.BandLow), ("group-2-high", LinePart.BandHigh), ("group-2", LinePart.Curve)],
            Chart(page).Lines.Select(line => (line.Key, line.Part))));
        Assert.All(Chart(page).Lines, line => Assert.Equal(RunPalette.Of(2), line.Style));
        Assert.Equal([0.5, 0.7], Line(page, "group-2").Curve.Points.Select(point => point.Value));
        Assert.Equal([0.4, 0.7], Line(page, "group-2-low").Curve.Points.Select(point => point.Value));
        Assert.Equal(("Model resnet18", "mean of 2 runs"), (Line(page, "group-2").Label, Line(page, "group-2").Details));
        Assert.Equal(CurveX.Step, Chart(page).View.X);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("table.groups tr[data-run='group-2']")));
        Assert.Contains(Orchestrator.Requests, request => request.EndsWith("/groups?by=model&metric=validation%2Faccuracy&skip=0&take=50&curve=validation%2Faccuracy&maxPoints=1000", StringComparison.Ordinal));
        Assert.Empty(CurveReads);
    }

    private static RunGroups SampleGroups() => new(["model"], Metric, 1, 2,
    [
        new RunGroup
        {
            Values = new Dictionary<string, System.Text.Json.JsonElement> { ["model"] = System.Text.Json.JsonSerializer.SerializeToElement("resnet18") },
            Filter = "model = resnet18",
            Counts = new RunCounts(0, 0, 0, 2, 0, 0),
            Measured = 2,
            Mean = 0.7,
            Best = 0.7,
            Number = 2,
            Curve = [new GroupPoint(1, 0.5, 0.1, 2), new GroupPoint(2, 0.7, null, 1)],
        },
    ]);

    [Fact]
    public void Render_AddressTypedWrongly_ShowsTheSweepAllTheSame()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?log=1&logx=maybe&grouppage=abc");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal((true, false), (Chart(page).LogScale, Chart(page).View.LogX)));
    }

    [Fact]
    public async Task Click_WallTime_ReadsTheCurvesAgainWithTheirTimes()
    {
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
        Assert.Contains("&times=false", Assert.Single(CurveReads), StringComparison.Ordinal);

        await page.InvokeAsync(() => ClickX(page, "Wall time"));

        page.WaitForAssertion(() => Assert.Equal((2, 2), (CurveReads.Count, Line(page, "r1").Curve.Points.Count)));
        Assert.DoesNotContain("times=false", CurveReads[1], StringComparison.Ordinal);

        await page.InvokeAsync(() => ClickX(page, "Epoch"));

        page.WaitForAssertion(() => Assert.Equal(CurveX.Step, Chart(page).View.X));
        Assert.Equal(2, CurveReads.Count);
    }

    [Fact]
    public void Publish_LivePointsWhileSmoothedByTime_ReachTheChart()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?smooth=0.5&x=time");
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));

        Services.GetRequiredService<LiveMetrics>().Publish(new MetricBatch("s1", "r1", 1, [new MetricPoint(9, Metric, 3, 0.7, Samples.Time.AddSeconds(30))]));

        page.WaitForAssertion(() => Assert.Equal(3, Line(page, "r1").Curve.Points.Count));
        Assert.Equal(new CurveView(0.5, CurveX.Time), Chart(page).View);
    }

    [Fact]
    public void Render_Curves_SayWhatTheSweepVaries()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("#1", Line(page, "r1").Label));
        Assert.StartsWith("Model: <b>", Line(page, "r1").Details, StringComparison.Ordinal);
        Assert.Contains("<br>Learning rate: <b>", Line(page, "r1").Details, StringComparison.Ordinal);
        Assert.DoesNotContain("Epochs", Line(page, "r1").Details, StringComparison.Ordinal);
    }

    private static void ClickX(IRenderedComponent<SweepPage> page, string axis) =>
        page.FindAll(".curve-settings button").Single(button => button.TextContent == axis).Click();
}
