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

public sealed class SweepPageTests : DashboardContext
{
    private const string Metric = MetricNames.ValidationAccuracy;

    public SweepPageTests()
    {
        IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> history =
            new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["r1"] = [new(1, 0.5, Samples.Time), new(2, 0.6, Samples.Time)] };
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep())
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(4, [.. Enumerable.Range(1, 4).Select(cell => Samples.Run(cell, RunStatus.Running, epoch: cell == 1 ? 2 : 0))]))
            .On("GET /api/runs/r1", Samples.Run(1))
            .On("GET /api/sweeps/s1/curves", history);
    }

    [Fact]
    public void Render_Sweep_ShowsRunsAndTheirHistory()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
        Assert.Contains("?ids=r1&", Assert.Single(CurveReads), StringComparison.Ordinal);
    }

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
    public async Task Publish_SweepIsDeleted_ThePageSaysSo()
    {
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));
        Orchestrator.OnProblem("GET /api/sweeps/s1", System.Net.HttpStatusCode.NotFound, "There is no sweep \"s1\".");

        Services.GetRequiredService<ChangeFeed>().Publish(new ChangeEvent(ChangeKind.Sweep, "s1", "s1", Deleted: true));

        await AdvanceUntilAsync(() => Assert.Contains("This sweep was deleted", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table.runs"));
    }

    [Fact]
    public void Render_RunsInTheAddress_FadesTheOthers()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?runs=r2");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(["r2"], page.FindComponent<CurveChart>().Instance.Lines.Where(line => !line.Faded).Select(line => line.Key)));
    }

    [Fact]
    public void Render_NoWorkerIsConnected_SaysWhatItWaitsForAndWhatToDo()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep() with { Waits = new SweepWait(WaitReason.NoWorker, "waits for a worker: none is connected. Start one") })
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1, RunStatus.Queued, accuracy: null, epoch: 0)]))
            .On("GET /api/sweeps/s1/curves", new Dictionary<string, SeriesPoint[]>());

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("This sweep waits for a worker: none is connected. Start one.", page.Find(".sweep-waits").TextContent.Trim()));
    }

    [Fact]
    public void Render_RunThatWaitsForAnEqualOne_LinksIt()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1, RunStatus.Pending, accuracy: null, epoch: 0) with { WaitsFor = "r9" }]));

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("waits", page.Find("table.runs a[href='runs/r9']").TextContent));
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
    public void Click_SecondRunBeforeTheFirstIsInTheAddress_SelectsBoth()
    {
        var navigation = new LateNavigation("/sweeps/s1");
        Services.AddSingleton<NavigationManager>(navigation);
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));

        page.Find("input[aria-label='Select run 1']").Click();
        page.Find("input[aria-label='Select run 2']").Click();

        Assert.Equal("/compare?ids=r1,r2", page.Find("a[href^='/compare']").GetAttribute("href"));
        page.InvokeAsync(navigation.Arrive);
        Assert.Equal("/compare?ids=r1,r2", page.Find("a[href^='/compare']").GetAttribute("href"));
        page.InvokeAsync(navigation.Arrive);
        Assert.Equal("/sweeps/s1?runs=r1%2Cr2", navigation.PathAndQuery);
        page.WaitForAssertion(() => Assert.Equal(["r1", "r2"], page.FindComponent<CurveChart>().Instance.Lines.Where(line => !line.Faded).Select(line => line.Key)));
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

        page.Find("select[aria-label=Metric]").Change("train/loss");

        page.WaitForAssertion(() => Assert.EndsWith("?metric=train%2Floss", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_HowCurvesAreDrawn_GoesIntoTheAddress()
    {
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find(".smooth input").Change("0.6"));
        await page.InvokeAsync(() => ClickX(page, "Wall time"));
        await page.InvokeAsync(() => page.FindAll(".curve-settings .check input")[0].Change(true));
        await page.InvokeAsync(() => page.FindAll(".curve-settings .check input")[1].Change(true));

        page.WaitForAssertion(() => Assert.Equal(new CurveView(0.6, CurveX.Time, LogX: true), Chart(page).View));
        Assert.True(Chart(page).LogScale);
        Assert.EndsWith("?smooth=0.6&x=time&logx=True&log=True", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
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

    [Fact]
    public void Change_Condition_GoesIntoTheAddressAndToTheOrchestrator()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.Find("input.filter-runs").Change("seed > 2");

        page.WaitForAssertion(() => Assert.EndsWith("?filter=seed%20%3E%202", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains(Orchestrator.Requests, request => request.Contains("filter=seed%20%3E%202", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_ConditionThatCannotBeRead_SaysWhyAndKeepsThePage()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?filter=sed%3D2");
        Orchestrator.OnProblem(
            "GET /api/sweeps/s1/runs?filter", System.Net.HttpStatusCode.BadRequest, "The request is not valid.",
            new Dictionary<string, string[]> { ["filter"] = ["character 1: nothing to filter by: \"sed\""] });

        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));

        page.WaitForAssertion(() => Assert.Contains("nothing to filter by", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.NotNull(page.Find("input.filter-runs"));
    }

    [Fact]
    public void Change_Condition_LetsGoOfRunsThatWereSelectedByTheOldOne()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?runs=all&filter=seed%20%3E%201");
        IRenderedComponent<SweepPage> page = Open();

        page.Find("input.filter-runs").Change("seed > 2");

        page.WaitForAssertion(() => Assert.EndsWith("?filter=seed%20%3E%202", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_ColumnsOfLastTime_ComeBackUnlessTheAddressSaysOtherwise()
    {
        JSInterop.Setup<string?>("dashboardTable.columns", "s1").SetResult("model|status");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.EndsWith("?cols=model%7Cstatus", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void Change_TagsAndArchive_AreAskedOfTheOrchestrator()
    {
        Orchestrator.On("PATCH /api/sweeps/s1", Samples.Sweep());
        IRenderedComponent<SweepPage> page = Open();

        page.Find("input[aria-label='Add a tag to digits-quickstart']").Change("later, demo");
        page.WaitForAssertion(() => Assert.Equal("""{"tags":["demo","later"]}""", Orchestrator.LastChange));
        page.FindAll(".actions button").Single(button => button.TextContent.Contains("Archive", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.Equal("""{"archived":true}""", Orchestrator.LastChange));
    }

    [Fact]
    public void Click_Pause_AsksForIt()
    {
        Orchestrator.On("POST /api/sweeps/s1/pause", Samples.Sweep());
        IRenderedComponent<SweepPage> page = Open();

        page.FindAll(".actions button").Single(button => button.TextContent.Contains("Pause", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("POST /api/sweeps/s1/pause", Orchestrator.Requests));
    }

    /// <summary>For the chart; the table's sparklines are shorter.</summary>
    private List<string> CurveReads => [.. Orchestrator.Requests.Where(IsOfChart)];

    private static bool IsOfChart(string request) =>
        request.StartsWith("GET /api/sweeps/s1/curves", StringComparison.Ordinal) && request.Contains("&maxPoints=1000", StringComparison.Ordinal);

    private static void ClickX(IRenderedComponent<SweepPage> page, string axis) =>
        page.FindAll(".curve-settings button").Single(button => button.TextContent == axis).Click();

    private static CurveChart Chart(IRenderedComponent<SweepPage> page) => page.FindComponent<CurveChart>().Instance;

    private static ChartLine Line(IRenderedComponent<SweepPage> page, string runId) =>
        Chart(page).Lines.Single(line => line.Key == runId);

    private IRenderedComponent<SweepPage> Open()
    {
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement("table.runs");
        return page;
    }
}
