using System.Text.Json;
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
            .On("GET /api/runs/compare", new RunComparison([], [], new Dictionary<string, JsonElement>(),
                new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> { [Metric] = history }));
    }

    [Fact]
    public void Render_Sweep_ShowsRunsAndTheirHistory()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("table.runs tbody tr").Count));
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
        Assert.Single(Orchestrator.Requests, request => request.StartsWith("GET /api/runs/compare?ids=r1&", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_LivePoints_ReachTheChartWithoutAnyRequest()
    {
        IRenderedComponent<SweepPage> page = Open();
        page.WaitForAssertion(() => Assert.Equal(2, Line(page, "r1").Curve.Points.Count));
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
    public void Change_Metric_GoesIntoTheAddress()
    {
        IRenderedComponent<SweepPage> page = Open();

        page.Find("select[aria-label=Metric]").Change("train/loss");

        Assert.EndsWith("?metric=train%2Floss", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Click_Pause_AsksForIt()
    {
        Orchestrator.On("POST /api/sweeps/s1/pause", Samples.Sweep());
        IRenderedComponent<SweepPage> page = Open();

        page.FindAll(".actions button").Single(button => button.TextContent.Contains("Pause", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("POST /api/sweeps/s1/pause", Orchestrator.Requests));
    }

    private static ChartLine Line(IRenderedComponent<SweepPage> page, string runId) =>
        page.FindComponent<CurveChart>().Instance.Lines.Single(line => line.Key == runId);

    private IRenderedComponent<SweepPage> Open()
    {
        IRenderedComponent<SweepPage> page = Render<SweepPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement("table.runs");
        return page;
    }
}
