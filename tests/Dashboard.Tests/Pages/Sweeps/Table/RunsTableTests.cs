using AngleSharp.Dom;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class RunsTableTests : DashboardContext
{
    private readonly List<RunsTableState> _states = [];

    public RunsTableTests() => Orchestrator
        .On("GET /api/sweeps/s1/runs", new Page<RunView>(2, [Samples.Run(1, accuracy: 0.98765) with { Tags = ["good"] }, Samples.Run(2, RunStatus.Queued, accuracy: null, epoch: 0)]))
        .On("GET /api/sweeps/s1/names", new RunNames(["custom/metric"], ["good"]))
        .On("GET /api/sweeps/s1/curves", new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["r1"] = [new(1, 0.5, Samples.Time), new(5, 0.9, Samples.Time)] });

    private RunsTableState Next => _states[^1];

    [Fact]
    public void Render_Runs_ShowsARowEachWithWhatVaries()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        Assert.Equal(2, table.FindAll("tbody tr[aria-rowindex]").Count);
        Assert.Contains("Learning rate", table.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Batch size", table.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.Contains("0.9877", Row(table, 0).TextContent, StringComparison.Ordinal);
        Assert.Contains("best", Row(table, 0).TextContent, StringComparison.Ordinal);
        Assert.Contains("queued", Row(table, 1).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RunsOfTheSameBestValue_AreAllMarked()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(3, [Samples.Run(1, accuracy: 0.98765), Samples.Run(2, accuracy: 0.98765), Samples.Run(3, accuracy: 0.9)]));

        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        Assert.Equal(["#1", "#2"], table.FindAll(".best").Select(best => best.ParentElement!.QuerySelector("a")!.TextContent));
    }

    [Fact]
    public void Render_SweepWithFailedRuns_HasAColumnWithTheReason()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1, RunStatus.Failed, accuracy: null) with { Failure = new RunFailure(FailureKind.Diverged, "the loss became NaN") }]));

        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        Assert.Equal("Failure", table.FindAll("thead .sort-label")[2].TextContent);
        Assert.Equal("diverged: the loss became NaN", Row(table, 0).Children[3].TextContent.Trim());
        Assert.Equal("the loss became NaN", Row(table, 0).Children[3].GetAttribute("title"));
    }

    [Fact]
    public void Render_RetriedRun_ShowsHowLongItTrainedAndNotHowLongItWaited()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1) with { StartedAt = Samples.Time, FinishedAt = Samples.Time.AddMinutes(85), TrainedSeconds = 25 }]));

        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Columns = "|duration,wallTime" });

        Assert.Equal(["25 s", "1 h 25 min"], Row(table, 0).QuerySelectorAll("td.num").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(["Run", "Trained", "Wall time"], table.FindAll("thead .sort-label").Select(head => head.TextContent));
    }

    [Fact]
    public async Task Click_Scale_DrawsEachCourseOnItsOwn()
    {
        Orchestrator
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(2, [Samples.Run(1), Samples.Run(2)]))
            .On("GET /api/sweeps/s1/curves", new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["r1"] = [new(1, 0, default), new(5, 0.5, default)], ["r2"] = [new(1, 0, default), new(5, 1, default)] });
        IRenderedComponent<RunsTable> table = Show(new RunsTableState());
        table.WaitForAssertion(() => Assert.Equal(["0,22 112,11", "0,22 112,0"], Trends(table)));

        await table.InvokeAsync(() => table.Find(".scale-toggle").Click());
        Assert.True(Next.ScalesRows);
        table.Render(parameters => parameters.Add(table => table.State, Next));

        table.WaitForAssertion(() => Assert.Equal(["0,22 112,0", "0,22 112,0"], Trends(table)));
    }

    private static IEnumerable<string?> Trends(IRenderedComponent<RunsTable> table) => table.FindAll(".sparkline polyline").Select(line => line.GetAttribute("points"));

    [Fact]
    public void Render_Columns_AreThoseOfTheAddressPinnedFirst()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Columns = "batchSize|epoch,status" });

        Assert.Equal(["Run", "Batch size", "Epoch", "Status"], table.FindAll("thead .sort-label").Select(head => head.TextContent));
        Assert.Contains("pin-last", table.FindAll("thead th")[2].ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ManyRuns_AsksForFewAndOneCallForTheirCurves()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(10_000, [.. Enumerable.Range(1, 50).Select(cell => Samples.Run(cell))]));

        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        table.WaitForAssertion(() => Assert.Contains(Orchestrator.Requests, request => request.StartsWith("GET /api/sweeps/s1/curves", StringComparison.Ordinal)));
        Assert.Equal("10001", table.Find("table").GetAttribute("aria-rowcount"));
        Assert.All(Orchestrator.Requests.Where(request => request.Contains("/runs?", StringComparison.Ordinal)), request => Assert.Matches("take=([1-9]|1?[0-9]{2})$", request));
    }

    [Fact]
    public void Publish_LivePoint_LengthensTheCourseWithoutARequest()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState());
        table.WaitForAssertion(() => Assert.Contains("to 0.9000 after epoch 5", Row(table, 0).InnerHtml, StringComparison.Ordinal));
        int requests = Orchestrator.Requests.Count;

        Services.GetRequiredService<LiveMetrics>().Publish(new MetricBatch("s1", "r1", 1, [new MetricPoint(9, MetricNames.ValidationAccuracy, 6, 0.95, Samples.Time)]));

        table.WaitForAssertion(() => Assert.Contains("to 0.9500 after epoch 6", Row(table, 0).InnerHtml, StringComparison.Ordinal));
        Assert.Equal(requests, Orchestrator.Requests.Count);
    }

    [Fact]
    public async Task Click_HeadOfAMetric_SortsBestFirst()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        await table.InvokeAsync(() => table.FindAll("button.sort").Single(button => button.TextContent.Contains("validation/accuracy", StringComparison.Ordinal)).Click());

        table.WaitForAssertion(() => Assert.Equal("-validation/accuracy", Next.Sort));
    }

    [Fact]
    public async Task Change_Checkboxes_SelectsAllThatMatchAndOneByOne()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Selected = "elsewhere" });

        await table.InvokeAsync(() => table.Find("thead input[type=checkbox]").Change(true));
        table.WaitForAssertion(() => Assert.Equal("all", Next.Selected));
        await table.InvokeAsync(() => Row(table, 1).QuerySelector("input")!.Click());
        table.WaitForAssertion(() => Assert.Equal("elsewhere,r2", Next.Selected));

        IRenderedComponent<RunsTable> all = Show(new RunsTableState { Selected = "all" });
        await all.InvokeAsync(() => Row(all, 0).QuerySelector("input")!.Click());
        all.WaitForAssertion(() => Assert.Equal("all,-1", Next.Selected));
    }

    [Fact]
    public async Task Click_CheckboxWithShift_SelectsAllFromTheLastOneOnAndLetsGoOfThem()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(6, [.. Enumerable.Range(1, 6).Select(cell => Samples.Run(cell))]));
        IRenderedComponent<RunsTable> table = Show(new RunsTableState());

        await ClickAsync(table, row: 4, shift: true);
        Assert.Equal("r5", Next.Selected);
        await ClickAsync(table, row: 1, shift: true);
        Assert.Equal(["r2", "r3", "r4", "r5"], Next.Selection.Ids.Order());
        await ClickAsync(table, row: 3, shift: true);
        Assert.Equal(["r5"], Next.Selection.Ids);
    }

    [Fact]
    public async Task Click_Tag_NarrowsTheListToIt()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Filter = "seed > 0" });

        await table.InvokeAsync(() => Row(table, 0).QuerySelector("button.tag")!.Click());

        table.WaitForAssertion(() => Assert.Equal("seed > 0 and tag = good", Next.Filter));
    }

    [Fact]
    public async Task Click_Value_NarrowsTheListToItOnce()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Columns = "|model,batchSize" });

        await table.InvokeAsync(() => Row(table, 0).QuerySelector(".cell-value")!.Click());
        table.WaitForAssertion(() => Assert.Equal("model = small_cnn", Next.Filter));
        table.Render(parameters => parameters.Add(table => table.State, Next));
        await table.InvokeAsync(() => Row(table, 1).QuerySelector(".cell-value")!.Click());

        Assert.Equal("model = small_cnn", Next.Filter);
    }

    [Fact]
    public void Change_FilterWithAMistake_KeepsWhatWasShownAndTellsItAtTheField()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Filter = "seed > 0" });
        Orchestrator.OnProblem(
            "GET /api/sweeps/s1/runs?filter=model%3DResNet18", System.Net.HttpStatusCode.BadRequest, "The request is not valid.",
            new Dictionary<string, string[]> { ["filter"] = ["character 7: model has no such value; write resnet18"] });

        table.Render(parameters => parameters.Add(table => table.State, new RunsTableState { Filter = "model=ResNet18" }));

        table.WaitForAssertion(() => Assert.Contains("write resnet18", table.Find(".filter-box .filter-problem").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, table.FindAll("tbody tr[aria-rowindex]").Count);
        Assert.Equal("runs/r1?filter=seed%20%3E%200", Row(table, 0).QuerySelector(".run-link")!.GetAttribute("href"));

        table.Render(parameters => parameters.Add(table => table.State, new RunsTableState { Filter = "model=resnet18" }));

        table.WaitForAssertion(() => Assert.Empty(table.FindAll(".filter-problem")));
        Assert.Equal("runs/r1?filter=model%3Dresnet18", Row(table, 0).QuerySelector(".run-link")!.GetAttribute("href"));
    }

    [Fact]
    public void Render_FilterOfTheAddressWithAMistake_AsksToFixIt()
    {
        Orchestrator.OnProblem(
            "GET /api/sweeps/s1/runs?filter=", System.Net.HttpStatusCode.BadRequest, "The request is not valid.", new Dictionary<string, string[]> { ["filter"] = ["character 1: wrong"] });

        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Filter = "(" }, waitFor: ".table-empty");

        Assert.Equal("Fix the filter to see runs.", table.Find(".table-empty").TextContent);
        Assert.Equal("character 1: wrong", table.Find(".filter-problem").TextContent);
    }

    [Fact]
    public async Task Click_Columns_PinsMovesAndAddsWhatWasMeasured()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Columns = "|status,epoch" });
        await table.InvokeAsync(() => table.FindAll("button").Single(button => button.TextContent == "Columns").Click());
        table.WaitForAssertion(() => Assert.Contains("custom/metric", table.Find(".columns-panel").TextContent, StringComparison.Ordinal));

        await table.InvokeAsync(() => table.Find("button[aria-label='Pin Epoch']").Click());
        table.WaitForAssertion(() => Assert.Equal("epoch|status", Next.Columns));
        await table.InvokeAsync(() => table.Find("button[aria-label='Move Epoch left']").Click());
        table.WaitForAssertion(() => Assert.Equal("|epoch,status", Next.Columns));
        await table.InvokeAsync(() => table.FindAll(".columns-list li").Single(item => item.TextContent.Trim() == "custom/metric").QuerySelector("input")!.Change(true));
        table.WaitForAssertion(() => Assert.Equal("|status,epoch,custom/metric", Next.Columns));
    }

    [Fact]
    public void Render_TwoSelected_LinksToTheComparisonAndExportsThem()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Selected = "r1,r2" });

        Assert.NotNull(table.Find("a[href='compare?ids=r1,r2']"));
        Assert.Equal("download/sweeps/s1/runs.csv?ids=r1%2Cr2", table.Find(".bulk-export a").GetAttribute("href"));
    }

    [Fact]
    public void Render_AllButOneSelected_ExportsByCondition()
    {
        IRenderedComponent<RunsTable> table = Show(new RunsTableState { Selected = "all,-7", Filter = "seed > 2", Status = "completed" });

        Assert.Equal(
            "download/sweeps/s1/runs.json?status=completed&filter=seed%20%3E%202%20and%20not%20cell%20in%20%287%29",
            table.FindAll(".bulk-export a")[1].GetAttribute("href"));
    }

    [Fact]
    public void Render_NothingMatches_SaysSo()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(0, []));

        Assert.Equal("No run matches the filter.", Show(new RunsTableState { Filter = "seed > 99" }, waitFor: ".table-empty").Find(".table-empty").TextContent);
    }

    /// <summary>And passes the result to the table, as the page does.</summary>
    private async Task ClickAsync(IRenderedComponent<RunsTable> table, int row, bool shift)
    {
        int before = _states.Count;
        await table.InvokeAsync(() => Row(table, row).QuerySelector("input")!.Click(new MouseEventArgs { ShiftKey = shift }));
        table.WaitForAssertion(() => Assert.Equal(before + 1, _states.Count));
        table.Render(parameters => parameters.Add(table => table.State, Next));
    }

    private static IElement Row(IRenderedComponent<RunsTable> table, int index) => table.FindAll("tbody tr[aria-rowindex]")[index];

    private IRenderedComponent<RunsTable> Show(RunsTableState state, string waitFor = "tbody tr[aria-rowindex]")
    {
        IRenderedComponent<RunsTable> table = Render<RunsTable>(parameters => parameters
            .Add(table => table.Sweep, Samples.Sweep())
            .Add(table => table.Facts, SweepFacts.Of(Samples.Sweep()))
            .Add(table => table.Metric, MetricNames.ValidationAccuracy)
            .Add(table => table.State, state)
            .Add(table => table.StateChanged, _states.Add));
        table.WaitForElement(waitFor);
        return table;
    }
}
