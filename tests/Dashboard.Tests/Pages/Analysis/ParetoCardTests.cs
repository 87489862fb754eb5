using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Analysis;
using Plotly.Blazor.Traces;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class ParetoCardTests : DashboardContext
{
    /// <summary>The third run is the best and the largest, the first the best of the small ones.</summary>
    public ParetoCardTests() => Orchestrator
        .On("GET /api/sweeps/s1/columns", AnalysisSamples.Columns(
            ("model", ["small_cnn", "small_cnn", "resnet18", "resnet18"]),
            ("imageSize", [32, 32, 32, 32]),
            ("smallInput", [false, false, true, true]),
            (MetricNames.ImagesPerSecond, [100, 900, 50, 50])))
        .On("GET /api/runs/r1/model", Model("small_cnn", 145_578))
        .On("GET /api/runs/r3/model", Model("resnet18", 11_181_642));

    [Fact]
    public void Render_NetworksThatDiffer_WeighsAgainstTheirParameters()
    {
        IRenderedComponent<ParetoCard> card = Open();

        Assert.Equal(["runs/r1", "runs/r3"], Front(card));
        Assert.Equal("compare?ids=r1,r3", card.Find(".card-note a").GetAttribute("href"));
        Assert.Equal(["146 k", "11.2 M"], card.FindAll("tbody td:last-child").Select(cell => cell.TextContent));

        // One run of each network is asked for it.
        Assert.Equal(2, Orchestrator.Requests.Count(request => request.EndsWith("/model", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_ThreeObjectives_KeepsRunsThatAreBestInOneOfThem()
    {
        IRenderedComponent<ParetoCard> card = Open("parameters,imagesPerSecond");

        Assert.Equal(["runs/r1", "runs/r2", "runs/r3"], Front(card).Order());
        Assert.Equal("Training images/s 50.00/s  900.0/s", card.Find(".scale").TextContent);
        Assert.Contains("against Parameters and Training images/s: 3 runs of 3 on the front", card.Find("figure").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_Objectives_TellsThePage()
    {
        string? told = null;
        IRenderedComponent<ParetoCard> card = Open(changed: text => told = text);

        card.Find("#pareto-1").Change("imagesPerSecond");
        Assert.Equal("parameters,imagesPerSecond", told);

        card.Find("#pareto-0").Change("multiplyAdds");
        Assert.Equal("multiplyAdds", told);
    }

    [Fact]
    public void Render_NoWorkerAnswers_SaysSo()
    {
        Orchestrator.OnProblem("GET /api/runs/r1/model", HttpStatusCode.ServiceUnavailable, "No worker answers.");

        IRenderedComponent<ParetoCard> card = Render(null, null);

        card.WaitForAssertion(() => Assert.Contains("No worker answers.", card.Find(".pareto-problem").TextContent, StringComparison.Ordinal));

        Orchestrator.On("GET /api/runs/r1/model", Model("small_cnn", 145_578));
        card.Find("button").Click();

        card.WaitForElement("figure");
    }

    [Fact]
    public void Draw_TwoObjectives_JoinsTheFrontOverTheOthers()
    {
        ParetoData data = ParetoData.Of(AnalysisSamples.Data, ParetoObjective.Parse("duration,nonsense", AnalysisSamples.Data), (_, run) => run + 1);

        Figure figure = ParetoFigure.Draw(data, 320, dark: true);

        Assert.Equal(["runs/r2"], ((Scatter)figure.Traces[0]).CustomData);
        Assert.Equal(["runs/r1", "runs/r3"], ((Scatter)figure.Traces[1]).CustomData);
    }

    private static IEnumerable<string?> Front(IRenderedComponent<ParetoCard> card) => card.FindAll("a.run-link").Select(link => link.GetAttribute("href"));

    private static ModelSummary Model(string name, long parameters) => new()
    {
        Name = name,
        Description = "",
        Classes = 10,
        ImageSize = 32,
        SmallInput = false,
        Layers = [],
        Parameters = parameters,
        HeadParameters = 10,
        MultiplyAdds = 10 * parameters,
        ParameterBytes = 4 * parameters,
        ActivationBytes = 100,
    };

    private IRenderedComponent<ParetoCard> Open(string? objectives = null, Action<string?>? changed = null)
    {
        IRenderedComponent<ParetoCard> card = Render(objectives, changed);
        card.WaitForElement("figure");
        return card;
    }

    private IRenderedComponent<ParetoCard> Render(string? objectives, Action<string?>? changed) => Render<ParetoCard>(parameters => parameters
        .Add(card => card.SweepId, "s1")
        .Add(card => card.Data, AnalysisSamples.Data)
        .Add(card => card.Objectives, objectives)
        .Add(card => card.ObjectivesChanged, changed ?? (_ => { })));
}
