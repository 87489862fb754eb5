using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Analysis;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class AnalysisPageTests : DashboardContext
{
    private static readonly ImportanceView Importance = new()
    {
        Metric = AnalysisSamples.Metric,
        Runs = 3,
        RunsNeeded = 2,
        Explained = 0.8,
        Interactions = 0.1,
        Hyperparameters = [new("learningRate", 0.6, 0.05), new("model", 0.3, 0.02)],
    };

    public AnalysisPageTests() => Orchestrator
        .On("GET /api/sweeps/s1", Samples.Sweep())
        .On("GET /api/runs/r1", Samples.Run(1))
        .On("GET /api/sweeps/s1/columns", AnalysisSamples.Runs)
        .On("GET /api/sweeps/s1/importance", Importance);

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_Sweep_AsksForItsAxesAndShowsTheBestRuns()
    {
        IRenderedComponent<AnalysisPage> page = Open();

        Assert.Contains("GET /api/sweeps/s1/columns?columns=model%2ClearningRate%2Cvalidation%2Faccuracy&status=completed", Orchestrator.Requests);
        Assert.Equal(["runs/r3", "runs/r1", "runs/r2"], page.FindAll(".best-runs a.run-link").Select(link => link.GetAttribute("href")));
        Assert.Contains("3 runs, 1 more without a value", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Analysis", page.Find("nav.subnav a[aria-current=page]").TextContent);
    }

    [Fact]
    public void Render_Importance_PutsTheMostImportantFirst()
    {
        IRenderedComponent<AnalysisPage> page = Open();

        Assert.Equal(["Learning rate", "Model"], page.FindAll(".effect h3").Select(title => title.TextContent));
        Assert.Contains("60 %", page.Find(".effect .importance").TextContent, StringComparison.Ordinal);
        Assert.Contains("10 % comes from combinations", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TooFewRuns_SaysHowManyItTakes()
    {
        Orchestrator.On("GET /api/sweeps/s1/importance", Importance with { RunsNeeded = 8, Explained = null, Interactions = null, Hyperparameters = [] });

        IRenderedComponent<AnalysisPage> page = Open();

        Assert.Contains("Importance takes at least 8 runs with a value for 2 hyperparameters; there are 3.", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".importance"));
    }

    [Fact]
    public async Task Brush_Chart_GoesIntoTheAddressAndPicksRunsWithoutReadingAgain()
    {
        IRenderedComponent<AnalysisPage> page = Open();
        int requests = Orchestrator.Requests.Count;
        FigureChart chart = page.FindComponents<FigureChart>()[0].Instance;
        object key = chart.Key;

        await page.InvokeAsync(() => chart.OnBrushed([new AxisBrush("model", [[0.75, 1.25]]), new AxisBrush("learningRate", []), new AxisBrush(AnalysisSamples.Metric, [])]));

        Assert.Contains("brush=model%3A0.75..1.25", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(["runs/r3"], page.FindAll(".best-runs a.run-link").Select(link => link.GetAttribute("href")));
        Assert.Equal(requests, Orchestrator.Requests.Count);
        Assert.Equal(key, page.FindComponents<FigureChart>()[0].Instance.Key);

        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent == "Clear brush").Click());

        Assert.DoesNotContain("brush", Navigation.Uri, StringComparison.Ordinal);
        Assert.NotEqual(key, page.FindComponents<FigureChart>()[0].Instance.Key);
    }

    [Fact]
    public async Task Change_HeatMapToTheOtherAxis_SwapsTheTwo()
    {
        IRenderedComponent<AnalysisPage> page = Open();

        await page.InvokeAsync(() => page.Find("select[aria-label=Across]").Change("learningRate"));

        Assert.Contains("x=learningRate&y=model", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_MetricAndRuns_GoIntoTheAddressAndTheQuestion()
    {
        Orchestrator.On("GET /api/sweeps/s1/columns?columns=model%2ClearningRate%2Cduration", AnalysisSamples.Columns(
            ("model", ["a", "b"]), ("learningRate", [1e-3, 1e-3]), ("duration", [10.0, 20.0])));
        IRenderedComponent<AnalysisPage> page = Open();

        await page.InvokeAsync(() => page.Find("select[aria-label=Runs]").Change("all"));
        await page.InvokeAsync(() => page.Find("select[aria-label=Metric]").Change("duration"));

        Assert.EndsWith("?all=True&metric=duration", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Training time (s)", page.Find(".best-runs thead").TextContent, StringComparison.Ordinal));
        Assert.Contains("GET /api/sweeps/s1/columns?columns=model%2ClearningRate%2Cduration", Orchestrator.Requests);
        Assert.Equal(["runs/r1", "runs/r2"], page.FindAll(".best-runs a.run-link").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Reload_NothingNew_DrawsNothing()
    {
        IRenderedComponent<AnalysisPage> page = Open();
        object[] keys = [.. page.FindComponents<FigureChart>().Select(chart => chart.Instance.Key)];

        Services.GetRequiredService<ChangeListener>().Publish(new ChangeEvent(ChangeKind.Sweep, "s1", "s1"));
        await AdvanceUntilAsync(() => Assert.Equal(2, Orchestrator.Requests.ToArray().Count(request => request.Contains("/columns?columns=model%2ClearningRate", StringComparison.Ordinal))));

        Assert.Single(Orchestrator.Requests, request => request.Contains("/importance", StringComparison.Ordinal));
        Assert.Equal(keys, page.FindComponents<FigureChart>().Select(chart => chart.Instance.Key));
    }

    [Fact]
    public void Render_FilterThatCannotBeRead_SaysSoAndKeepsTheField()
    {
        Orchestrator.OnProblem("GET /api/sweeps/s1/columns", HttpStatusCode.BadRequest, "The request is not valid.",
            new Dictionary<string, string[]> { ["filter"] = ["character 1: nothing to filter by: \"sed\""] });

        IRenderedComponent<AnalysisPage> page = Render<AnalysisPage>(parameters => parameters.Add(page => page.Id, "s1"));

        page.WaitForAssertion(() => Assert.Contains("nothing to filter by", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.NotNull(page.Find("input.filter-runs"));
    }

    private IRenderedComponent<AnalysisPage> Open()
    {
        Navigation.NavigateTo("/sweeps/s1/analysis");
        IRenderedComponent<AnalysisPage> page = Render<AnalysisPage>(parameters => parameters.Add(page => page.Id, "s1"));
        page.WaitForElement(".best-runs");

        // No worker tells the networks: the requests of the trade-offs end here.
        page.WaitForElement(".pareto-problem");
        return page;
    }
}
