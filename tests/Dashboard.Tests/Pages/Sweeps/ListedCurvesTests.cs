using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

/// <summary>The chart of a sweep's page shows the rows of its table: filtered runs, or groups.</summary>
public sealed class ListedCurvesTests : SweepPageContext
{
    private const string Metric = MetricNames.ValidationAccuracy;

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
}
