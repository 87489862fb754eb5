using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

/// <summary>The page of a sweep with four runs, the first of which has finished two epochs.</summary>
public abstract class SweepPageContext : DashboardContext
{
    protected SweepPageContext()
    {
        IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> history =
            new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["r1"] = [new(1, 0.5, Samples.Time), new(2, 0.6, Samples.Time)] };
        Orchestrator
            .On("GET /api/sweeps/s1", Samples.Sweep())
            .On("GET /api/sweeps/s1/runs", new Page<RunView>(4, [.. Enumerable.Range(1, 4).Select(cell => Samples.Run(cell, RunStatus.Running, epoch: cell == 1 ? 2 : 0))]))
            .On("GET /api/runs/r1", Samples.Run(1))
            .On("GET /api/sweeps/s1/curves", history);
    }

    /// <summary>For the chart; the table's sparklines are shorter.</summary>
    protected List<string> CurveReads => [.. Orchestrator.Requests.Where(IsOfChart)];

    protected static bool IsOfChart(string request) =>
        request.StartsWith("GET /api/sweeps/s1/curves", StringComparison.Ordinal) && request.Contains("&maxPoints=1000", StringComparison.Ordinal);

    protected static CurveChart Chart(IRenderedComponent<SweepPage> page) => page.FindComponent<CurveChart>().Instance;

    protected static ChartLine Line(IRenderedComponent<SweepPage> page, string runId) =>
        Chart(page).Lines.Single(line => line.Key == runId);

    protected IRenderedComponent<SweepPage> Open()
    {
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement("table.runs");
        return page;
    }
}
