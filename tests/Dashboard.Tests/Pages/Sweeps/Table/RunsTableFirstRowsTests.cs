using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

/// <summary>The rows of a table before and after the browser has reported which are visible.</summary>
public sealed class RunsTableFirstRowsTests : DashboardContext
{
    public RunsTableFirstRowsTests() => Orchestrator
        .On("GET /api/sweeps/s1/runs", new Page<RunView>(30, [.. Enumerable.Range(1, 30).Select(cell => Samples.Run(cell))]))
        .On("GET /api/sweeps/s1/curves", new Dictionary<string, IReadOnlyList<SeriesPoint>>());

    [Fact]
    public void Render_BrowserHasNotReportedVisibleRows_ShowsTheFirst()
    {
        JSInterop.SetupVoid("Blazor._internal.Virtualize.init", _ => true).SetVoidResult();

        IRenderedComponent<RunsTable> table = Show();

        Assert.Contains("is-beginning", table.Find(".grid-scroll").ClassList);
        Assert.Equal(Enumerable.Range(1, 20).Select(cell => $"#{cell}"), table.FindAll("tbody .run-link").Select(link => link.TextContent));
    }

    [Fact]
    public void Render_BrowserHasReported_ShowsEachRowOnce()
    {
        IRenderedComponent<RunsTable> table = Show();

        Assert.DoesNotContain("is-beginning", table.Find(".grid-scroll").ClassList);
        Assert.Equal(Enumerable.Range(1, 30).Select(cell => $"#{cell}"), table.FindAll("tbody .run-link").Select(link => link.TextContent));
    }

    private IRenderedComponent<RunsTable> Show()
    {
        IRenderedComponent<RunsTable> table = Render<RunsTable>(parameters => parameters
            .Add(table => table.Sweep, Samples.Sweep())
            .Add(table => table.Facts, SweepFacts.Of(Samples.Sweep()))
            .Add(table => table.Metric, MetricNames.ValidationAccuracy)
            .Add(table => table.State, new RunsTableState()));
        table.WaitForElement("tbody tr[aria-rowindex]");
        return table;
    }
}
