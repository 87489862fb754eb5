using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Evaluation;

namespace Experiments.Dashboard.Tests.Pages.Evaluation;

public sealed class EvaluationSectionTests : DashboardContext
{
    private static readonly RunView Evaluated = Samples.Run(3) with { Artifacts = [new Artifact("evaluation.json", 1, "abc")] };

    [Fact]
    public void Render_RunWithoutEvaluation_AsksForNothing()
    {
        IRenderedComponent<EvaluationSection> section = Show(Samples.Run(3, RunStatus.Running));

        Assert.Empty(section.Markup.Trim());
        Assert.Empty(Orchestrator.Requests);
    }

    [Fact]
    public void Render_EvaluatedRun_ShowsFiguresMatrixReportAndMistakes()
    {
        Answer(EvaluationSamples.Report());

        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForElement("table.confusion");

        Assert.Contains("best weights (epoch 3) on 24 test images", section.Markup, StringComparison.Ordinal);
        Assert.Equal(["91.7 %", "98.7 %", "0.9100", "0.9200", "4.3 %"], section.FindAll(".tile dd:not(.tile-note)").Select(figure => figure.TextContent.Trim()));
        Assert.Equal(36, section.FindAll("table.confusion tbody td").Count);
        AngleSharp.Dom.IElement wrong = section.Find("table.confusion td.is-wrong");
        Assert.Equal(("2", "2 of 4 \"class 1\" predicted as \"class 0\""), (wrong.TextContent.Trim(), wrong.GetAttribute("title")));
        Assert.Equal("class 1 → class 0 ×2", section.Find(".tag").TextContent);
        Assert.Equal("data:image/png;base64,AQID", section.Find(".mistakes img").GetAttribute("src"));
        Assert.Contains("/data/test/1/a.png", section.Find(".mistakes figure").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NumericClasses_AreInNumericOrder()
    {
        EvaluationReport report = EvaluationSamples.Report();
        string[] names = ["0", "1", "10", "11", "2", "3"];
        Answer(report with { Classes = names, Report = [.. names.Select((name, label) => report.Report[label] with { Class = name })] });

        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForElement("table.confusion");

        string[] expected = ["0", "1", "2", "3", "10", "11"];
        Assert.Equal(expected, section.FindAll("table.confusion thead th").Select(head => head.TextContent));
        Assert.Equal(expected, section.FindAll("table.confusion tbody th").Select(head => head.TextContent));
        Assert.Equal(expected, section.FindAll("table.report tbody td.col-class").Select(name => name.TextContent));
        Assert.Equal("2 of 4 \"1\" predicted as \"0\"", section.Find("table.confusion td.is-wrong").GetAttribute("title"));
    }

    [Fact]
    public async Task Click_ColumnHead_SortsTheClasses()
    {
        Answer(EvaluationSamples.Report());
        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForElement("table.report");

        await section.InvokeAsync(() => section.FindAll("table.report .sort")[2].Click());
        Assert.Equal("class 1", section.Find("table.report tbody td").TextContent);
        await section.InvokeAsync(() => section.FindAll("table.report .sort")[2].Click());
        Assert.NotEqual("class 1", section.Find("table.report tbody td").TextContent);
        await section.InvokeAsync(() => section.FindAll("table.report .sort")[2].Click());
        Assert.Equal("class 0", section.Find("table.report tbody td").TextContent);
    }

    [Fact]
    public void Render_ManyClasses_DrawsAMapOfWhatThereIs()
    {
        Answer(EvaluationSamples.Report(classes: 102));

        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForElement(".confusion-map");

        Assert.Equal(103, section.FindAll(".confusion-map rect").Count);
        Assert.Empty(section.FindAll("table.confusion"));
    }

    [Fact]
    public async Task Click_WrongCell_IsTheChoiceAndAgainNone()
    {
        Answer(EvaluationSamples.Report());
        ConfusionChoice? chosen = null;
        IRenderedComponent<EvaluationSection> section = Render<EvaluationSection>(parameters => parameters.Add(part => part.Run, Evaluated).Add(part => part.ChoiceChanged, choice => chosen = choice));
        section.WaitForElement("table.confusion");

        await section.InvokeAsync(() => section.Find("td.is-wrong button").Click());
        Assert.Equal(new ConfusionChoice("class 1", "class 0"), chosen);
        section.Render(parameters => parameters.Add(part => part.Choice, chosen));
        Assert.Equal("true", section.Find("td.is-wrong button").GetAttribute("aria-pressed"));
        await section.InvokeAsync(() => section.Find("button.confusion-worst").Click());

        Assert.Null(chosen);
        Assert.Empty(section.FindAll("td.is-right button"));
    }

    [Theory]
    [InlineData("class 0", 1, "pictures of 1 of 2")]
    [InlineData("class 2", 0, "pictures of 0 of 0")]
    public void Render_Choice_ShowsItsMistakesAlone(string predicted, int pictures, string note)
    {
        Answer(EvaluationSamples.Report());

        IRenderedComponent<EvaluationSection> section = Render<EvaluationSection>(parameters => parameters
            .Add(part => part.Run, Evaluated).Add(part => part.Choice, new ConfusionChoice("class 1", predicted)));
        section.WaitForElement("#mistakes");

        Assert.Equal(pictures, section.FindAll("#mistakes figure").Count);
        Assert.Contains(note, section.Find("#mistakes .card-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_Mistake_ShowsItLargeAndTheOthersAfterIt()
    {
        Orchestrator.On("GET /api/runs/r3/evaluation", EvaluationSamples.Report())
            .On("GET /api/runs/r3/evaluation/mistakes", new[] { EvaluationSamples.Mistake, EvaluationSamples.Mistake with { Place = "b.png", Image = [9] } });
        Render<MudBlazor.MudPopoverProvider>();
        IRenderedComponent<MudBlazor.MudDialogProvider> dialogs = Render<MudBlazor.MudDialogProvider>();
        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForElement("#mistakes");

        await section.InvokeAsync(() => section.Find(".mistake-open").Click());
        dialogs.WaitForAssertion(() => Assert.Contains("1 of 2", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("data:image/png;base64,AQID", dialogs.Find(".mistake-large img").GetAttribute("src"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mistake-large").KeyDown("ArrowRight"));

        Assert.Equal("data:image/png;base64,CQ==", dialogs.Find(".mistake-large img").GetAttribute("src"));
        Assert.Contains("b.png", dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_EvaluationCannotBeRead_SaysWhyAndTriesAgain()
    {
        Answer(EvaluationSamples.Report());
        Orchestrator.OnProblem("GET /api/runs/r3/evaluation", HttpStatusCode.InternalServerError, "It is damaged.");
        IRenderedComponent<EvaluationSection> section = Show(Evaluated);
        section.WaitForAssertion(() => Assert.Contains("It is damaged.", section.Markup, StringComparison.Ordinal));

        Answer(EvaluationSamples.Report());
        await section.InvokeAsync(() => section.Find("button").Click());

        section.WaitForElement("table.confusion");
    }

    [Fact]
    public void Render_EvaluationAppears_IsLoadedOnce()
    {
        Answer(EvaluationSamples.Report());
        IRenderedComponent<EvaluationSection> section = Show(Samples.Run(3, RunStatus.Running));

        section.Render(parameters => parameters.Add(part => part.Run, Evaluated));
        section.WaitForElement("table.confusion");
        section.Render(parameters => parameters.Add(part => part.Run, Evaluated with { Epoch = 5 }));

        Assert.Equal(2, Orchestrator.Requests.Count);
    }

    private void Answer(EvaluationReport report) => Orchestrator
        .On("GET /api/runs/r3/evaluation", report)
        .On("GET /api/runs/r3/evaluation/mistakes", new[] { EvaluationSamples.Mistake });

    private IRenderedComponent<EvaluationSection> Show(RunView run) => Render<EvaluationSection>(parameters => parameters.Add(part => part.Run, run));
}
