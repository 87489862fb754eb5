using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Compare;
using Experiments.Dashboard.Tests.Pages.Evaluation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class ComparePageTests : DashboardContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_Runs_ShowsDifferencesToTheBaselineInTheAddress()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2&baseline=r2", Evaluated(1, 0.9), Evaluated(2, 0.8));

        page.WaitForAssertion(() =>
        {
            IElement row = page.Find("tr[data-run=r1]");
            Assert.Contains("▲+0.1000", row.TextContent, StringComparison.Ordinal);
            Assert.Contains("baseline", page.Find("tr[data-run=r2]").TextContent, StringComparison.Ordinal);
            Assert.True(page.Find("tr[data-run=r2] input[type=radio]").HasAttribute("checked"));
        });
    }

    [Fact]
    public void Render_RunsOfSeveralSweeps_SaysWhichSweepEachIsOf()
    {
        Orchestrator.On("GET /api/sweeps/s1", Samples.Sweep()).On("GET /api/sweeps/s2", Samples.Sweep("s2") with { Name = "flowers" });

        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8) with { SweepId = "s2" });

        page.WaitForAssertion(() => Assert.Equal("flowers", page.Find("tr[data-run=r2] .compare-sweep").TextContent));
        Assert.Equal("sweeps/s1", page.Find("tr[data-run=r1] .compare-sweep").GetAttribute("href"));
        Assert.Contains(page.FindAll(".pair-choice option"), option => option.TextContent.StartsWith("flowers #2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_BaselineAndPick_AreInTheAddress()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8));
        page.WaitForElement("tr[data-run=r2] input[type=radio]");
        await page.InvokeAsync(() => page.Find("tr[data-run=r2] input[type=radio]").Change(true));
        await page.InvokeAsync(() => page.Find("tr[data-run=r1] .pick").Click());
        await page.InvokeAsync(() => page.FindAll(".chip").Single(chip => chip.TextContent == "train/loss").Click());

        Assert.Contains("baseline=r2", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("pick=r1", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("train%2Floss", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_SomeRunsAreGone_NamesThemAndShowsTheOthers()
    {
        Orchestrator
            .On("GET /api/runs/compare?ids=r1&", Comparison([Evaluated(1, 0.9)], null))
            .On("GET /api/runs/compare?ids=r1%2Cgone-for-ever", Comparison([Evaluated(1, 0.9)], ["gone-for-ever"]));
        IRenderedComponent<ComparePage> page = Open("ids=r1,gone-for-ever");

        page.WaitForAssertion(() => Assert.Contains("gone-for-ever", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.NotNull(page.Find("tr[data-run=r1]"));
        await page.InvokeAsync(() => page.Find("[role=status] button").Click());
        Assert.EndsWith("?ids=r1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_Charts_AreInTheAddressAndReadWhatTheyNeed()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2&metrics=validation/loss&log=true", Evaluated(1, 0.9), Evaluated(2, 0.8));
        page.WaitForAssertion(() => Assert.Equal(("validation/loss", true), (Chart(page, 0).Metric, Chart(page, 0).LogScale)));

        await page.InvokeAsync(() => page.Find("select[aria-label='Metric of chart 1']").Change("train/loss"));
        await page.InvokeAsync(() => page.FindAll(".panel-head .check input")[2].Change(true));
        await page.InvokeAsync(() => page.FindAll(".chip").Single(chip => chip.TextContent == "validation/loss").Click());

        page.WaitForAssertion(() => Assert.EndsWith("?ids=r1,r2&panels=train%2Floss~yo%2Cvalidation%2Floss", Navigation.Uri, StringComparison.Ordinal));
        Assert.True(Chart(page, 0).IgnoresOutliers && !Chart(page, 1).IgnoresOutliers);
        page.WaitForAssertion(() => Assert.Contains(Orchestrator.Requests, request => request.Contains("metrics=train%2Floss", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Change_ColorBy_DrawsRunsByWhatTheyHave()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8));
        page.WaitForAssertion(() => Assert.Equal([RunPalette.Of(1), RunPalette.Of(2)], Chart(page, 0).Lines.Select(line => line.Style)));
        Assert.Empty(page.FindAll("[aria-label='What colors mean']"));

        await page.InvokeAsync(() => page.Find(".color-by select").Change(RunColoring.ByObjective));

        page.WaitForAssertion(() => Assert.Equal([RunPalette.OfShare(1), RunPalette.OfShare(0)], Chart(page, 0).Lines.Select(line => line.Style)));
        Assert.EndsWith("&color=objective", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("0.9000 validation/accuracy", page.Find("[aria-label='What colors mean']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Runs_SayHowLongTheyTrained()
    {
        IRenderedComponent<ComparePage> page = Open(
            "ids=r1,r2", Evaluated(1, 0.9) with { StartedAt = Samples.Time, FinishedAt = Samples.Time.AddHours(1), TrainedSeconds = 25 }, Evaluated(2, 0.8));

        page.WaitForAssertion(() => Assert.Equal("25 s", page.Find("tr[data-run=r1] td[title='wall time 1 h 00 min']").TextContent));
    }

    private static CurveChart Chart(IRenderedComponent<ComparePage> page, int index) => page.FindComponents<CurveChart>()[index].Instance;

    [Fact]
    public void Render_AddressTypedWrongly_ComparesAllTheSame()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2&log=maybe&logx=&all=2&spread=yes", Evaluated(1, 0.9), Evaluated(2, 0.8));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("tr[data-run=r2]")));
    }

    [Fact]
    public void Render_NoRuns_SaysWhereToGetSome()
    {
        IRenderedComponent<ComparePage> page = Open("");

        page.WaitForAssertion(() => Assert.Contains("Nothing to compare", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switch_AllHyperparameters_AddsThoseThatAreTheSame()
    {
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8));
        page.WaitForElement("tr[data-run=r1]");
        int few = page.FindAll(".compare-table thead th").Count;

        await page.InvokeAsync(() => page.FindAll(".tabs button").Single(button => button.TextContent == "All hyperparameters").Click());

        page.WaitForAssertion(() => Assert.True(page.FindAll(".compare-table thead th").Count > few + 20));
    }

    [Fact]
    public void Render_EvaluatedRuns_ShowsClassesMatricesAndSharedMistakes()
    {
        Orchestrator
            .On("GET /api/runs/compare/classes", new ClassComparison("f1", ["class 0"], [4], [Evaluation("r1", 0.75), Evaluation("r2", 0.5)], []))
            .On("GET /api/runs/r1/evaluation", EvaluationSamples.Report())
            .On("GET /api/runs/r2/evaluation", EvaluationSamples.Report())
            .On("GET /api/runs/compare/mistakes", new SharedMistakes(24, [2, 3], 2, 1, IsCut: false,
            [
                new SharedMistake("/a.png", "class 1", [new ClassProbability("class 0", 0.9), new ClassProbability("class 2", 0.8)], [1, 2]),
                new SharedMistake("/b.png", "class 1", [new ClassProbability("class 0", 0.5), new ClassProbability("class 0", 0.5)], null),
            ]));
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8));

        page.WaitForAssertion(() => Assert.Contains("▽−0.2500", page.Find(".class-table").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".confusion").Count));
        Assert.Contains("both 2, 1 of them with the same answer", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".mistakes img"));
        Assert.Contains("/b.png", page.Find(".unpictured").TextContent, StringComparison.Ordinal);
        Assert.Contains("24 most confident mistakes only", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RunsWithoutEvaluation_SaysWhen()
    {
        Orchestrator.On("GET /api/runs/compare/classes", new ClassComparison("f1", [], [], [], ["r1", "r2"]));
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Samples.Run(1, RunStatus.Running), Evaluated(2, 0.8));

        page.WaitForAssertion(() => Assert.Contains("#1 has no evaluation", page.Markup, StringComparison.Ordinal));
        Assert.Contains("None of these runs has been evaluated", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EvaluationsFail_LeavesTheRest()
    {
        Orchestrator.OnProblem("GET /api/runs/compare/classes", HttpStatusCode.BadGateway, "The disk is gone.");
        IRenderedComponent<ComparePage> page = Open("ids=r1,r2", Evaluated(1, 0.9), Evaluated(2, 0.8));

        page.WaitForAssertion(() => Assert.Contains("The disk is gone.", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(page.Find("tr[data-run=r1]"));
    }

    private IRenderedComponent<ComparePage> Open(string query, params RunView[] runs)
    {
        Orchestrator.On("GET /api/sweeps/s1", Samples.Sweep());
        if (runs.Length > 0)
        {
            Orchestrator.On("GET /api/runs/compare?", Comparison(runs, null));
        }

        Navigation.NavigateTo($"/compare?{query}");
        return Render<ComparePage>();
    }

    private static RunComparison Comparison(RunView[] runs, string[]? missing) => new(
        runs, [], new Dictionary<string, JsonElement>(), new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>(), missing);

    private static RunView Evaluated(int cell, double accuracy) => Samples.Run(cell, accuracy: accuracy) with
    {
        Artifacts = [new Artifact(ArtifactNames.Evaluation, 10, $"sha-{cell}")],
    };

    private static EvaluatedRun Evaluation(string id, double f1) => new(id, "test", 24, 3, f1, f1, [f1]);
}
