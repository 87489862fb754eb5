using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class SweepPageTests : SweepPageContext
{
    [Fact]
    public void Render_Sweep_ShowsRunsAndTheirHistory()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
        Assert.Contains("?ids=r1&", Assert.Single(CurveReads), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Sweep_AsksForItsFirstRowsOnceAndForTheSortChosen()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("sweeps/s1?sort=-learningRate");

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));
        Assert.Single(Orchestrator.Requests, request => request.StartsWith("GET /api/sweeps/s1/runs?", StringComparison.Ordinal)
            && request.Contains("sort=-learningRate", StringComparison.Ordinal) && request.Contains("take=50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_SweepIsDeleted_ThePageSaysSo()
    {
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));
        Orchestrator.OnProblem("GET /api/sweeps/s1", System.Net.HttpStatusCode.NotFound, "There is no sweep \"s1\".");

        Services.GetRequiredService<ChangeListener>().Publish(new ChangeEvent(ChangeKind.Sweep, "s1", "s1", Deleted: true));

        await AdvanceUntilAsync(() => Assert.Contains("This sweep was deleted", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table.runs"));
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
    public void Render_SweepThatWaitsForARunOfAnother_LinksIt()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep() with { Waits = new SweepWait(WaitReason.EqualRuns, "waits for run #3 of sweep \"first\"") { RunId = "r9" } })
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1, RunStatus.Pending, accuracy: null, epoch: 0)]))
            .On("GET /api/sweeps/s1/curves", new Dictionary<string, SeriesPoint[]>());

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("This sweep waits for run #3 of sweep \"first\". Show it", page.Find(".sweep-waits").TextContent.Trim()));
        Assert.Equal("runs/r9", page.Find(".sweep-waits a").GetAttribute("href"));
    }

    [Fact]
    public void Render_AllRunsAreDeleted_SaysSo()
    {
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep() with { RunCounts = new RunCounts(0, 0, 0, 0, 0, 0), BestRunId = null })
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(0, []))
            .On("GET /api/sweeps/s1/curves", new Dictionary<string, SeriesPoint[]>());

        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));

        page.WaitForAssertion(() => Assert.Contains("All runs of this sweep have been deleted.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("0 runs: all have been deleted", page.Find(".tiles").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RunThatWaitsForAnEqualOne_LinksIt()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1, RunStatus.Pending, accuracy: null, epoch: 0) with { WaitsFor = "r9" }]));

        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("waits", page.Find("table.runs a[href='runs/r9']").TextContent));
    }

    [Fact]
    public async Task Click_SecondRunBeforeTheFirstIsInTheAddress_SelectsBoth()
    {
        var navigation = new LateNavigation("/sweeps/s1");
        Services.AddSingleton<NavigationManager>(navigation);
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr[aria-rowindex]").Count));

        await page.InvokeAsync(() => page.Find("input[aria-label='Select run 1']").Click());
        await page.InvokeAsync(() => page.Find("input[aria-label='Select run 2']").Click());

        page.WaitForAssertion(() => Assert.Equal("compare?ids=r1,r2", page.Find("a[href^='compare']").GetAttribute("href")));
        await page.InvokeAsync(navigation.Arrive);
        Assert.Equal("compare?ids=r1,r2", page.Find("a[href^='compare']").GetAttribute("href"));
        await page.InvokeAsync(navigation.Arrive);
        Assert.Equal("/sweeps/s1?runs=r1%2Cr2", navigation.PathAndQuery);
        page.WaitForAssertion(() => Assert.Equal(["r1", "r2"], page.FindComponent<CurveChart>().Instance.Lines.Where(line => !line.Faded).Select(line => line.Key)));
    }

    [Fact]
    public async Task Change_Condition_GoesIntoTheAddressAndToTheOrchestrator()
    {
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change("seed > 2"));

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
    public async Task Change_Condition_LetsGoOfRunsThatWereSelectedByTheOldOne()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/s1?runs=all&filter=seed%20%3E%201");
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("input.filter-runs").Change("seed > 2"));

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
    public async Task Change_TagsAndArchive_AreAskedOfTheOrchestrator()
    {
        Orchestrator.On("PATCH /api/sweeps/s1", Samples.Sweep());
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.Find("input[aria-label='Add a tag to digits-quickstart']").Change("later, demo"));
        page.WaitForAssertion(() => Assert.Equal("""{"tags":["demo","later"]}""", Orchestrator.LastChange));
        await page.InvokeAsync(() => page.FindAll(".actions button").Single(button => button.TextContent.Contains("Archive", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Equal("""{"archived":true}""", Orchestrator.LastChange));
    }

    [Fact]
    public async Task Click_Pause_AsksForIt()
    {
        Orchestrator.On("POST /api/sweeps/s1/pause", Samples.Sweep());
        IRenderedComponent<SweepPage> page = Open();

        await page.InvokeAsync(() => page.FindAll(".actions button").Single(button => button.TextContent.Contains("Pause", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Contains("POST /api/sweeps/s1/pause", Orchestrator.Requests));
    }
}
