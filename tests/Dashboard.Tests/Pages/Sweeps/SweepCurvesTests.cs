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
    public async Task Click_TryAgainOnceTheOrchestratorIsBack_ShowsTheCurvesToo()
    {
        Orchestrator.IsDown = true;
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement(".empty button");

        Orchestrator.IsDown = false;
        await page.InvokeAsync(() => page.Find(".empty button").Click());

        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
    }

    [Fact]
    public async Task Change_AfterTheCurvesOfALargeSweepCouldNotBeRead_ReadsThemImmediately()
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
    public async Task Change_Metric_GoesIntoTheAddress()
    {
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("select[aria-label='Metric of chart 1']").Change("train/loss"));

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
    public async Task Add_SecondMetric_HasASeparateChartWithItsCurves()
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
