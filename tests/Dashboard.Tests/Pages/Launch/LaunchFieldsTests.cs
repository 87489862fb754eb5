using AngleSharp.Dom;
using Bunit;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Pages.Launch;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Launch;

/// <summary>The hyperparameter fields.</summary>
public sealed class LaunchFieldsTests : LaunchPageContext
{
    [Fact]
    public void Click_More_HasAnEditorForEveryHyperparameter()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Assert.Empty(page.FindAll("#hp-mixup"));

        OpenAll(page);

        page.WaitForAssertion(() => Assert.All(HyperparameterCatalog.Names, name => Assert.NotNull(page.Find($"#hp-{name}"))));
    }

    [Fact]
    public void Click_Advanced_ShowsAllFieldsAndIsInTheAddress()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Assert.Empty(page.FindAll("#sweep-priority, .grids, #hp-mixup"));

        Act(page, () => page.FindAll(".page-head button").Single(button => button.TextContent == "Advanced").Click());

        page.WaitForAssertion(() => Assert.All(HyperparameterCatalog.Names, name => Assert.NotNull(page.Find($"#hp-{name}"))));
        Assert.NotNull(page.Find("#sweep-priority"));
        Assert.NotNull(page.Find(".grids"));
        Assert.EndsWith("?fields=advanced", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_FieldThatTheChoicesDoNotUse_IsDimmedAndSaysWhy()
    {
        GoTo("/sweeps/new?fields=advanced");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Assert.Equal("No effect: optimizer adam does not use it; sgd and rmsprop do.", Idle(page, "momentum"));

        await page.InvokeAsync(() => Choice(page, "sgd").Click());

        page.WaitForAssertion(() => Assert.Null(Idle(page, "momentum")));
        Assert.NotNull(Idle(page, "schedulerStepSize"));
    }

    [Fact]
    public void Input_WordsOfAModel_LeavesThoseThatMatchWithTheirFamily()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("input[aria-label='Find a model']").Input("resnet"));

        page.WaitForAssertion(() => Assert.Equal(["ResNet"], page.FindAll(".choice-group-name").Select(name => name.TextContent)));
        Assert.Equal(5, page.FindAll(".choice-group button").Count);
    }

    [Fact]
    public async Task Click_ChoiceThatUsesMore_ShowsIt()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Assert.Empty(page.FindAll("#hp-momentum"));

        await page.InvokeAsync(() => Choice(page, "sgd").Click());

        page.WaitForElement("#hp-momentum");
    }

    [Fact]
    public void Input_WordsToFind_ShowsWhatHasThemWhereverItIs()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#find-hyperparameter").Input("moving average"));

        page.WaitForAssertion(() => Assert.Equal(["hp-emaDecay"], page.FindAll("input[id^='hp-']").Select(field => field.Id)));
        Act(page, () => page.Find("#hp-emaDecay").Change("0.99"));
        Act(page, () => page.Find("#find-hyperparameter").Input(""));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label='Remove 0.99 from EMA decay']")));
        Act(page, () => page.Find("#find-hyperparameter").Input("no such thing"));
        page.WaitForAssertion(() => Assert.Contains("No hyperparameter has “no such thing”", page.Find(".find-field").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Change_NumberEditor_AddsChipsAndCounts()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        page.WaitForAssertion(() => Assert.Equal("1", Cells(page)));

        Act(page, () => page.Find("#hp-learningRate").Change("1e-3, 3e-4, 1e-4"));

        page.WaitForAssertion(() => Assert.Equal("3", Cells(page)));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label='Remove 0.0003 from Learning rate']")));
    }

    [Fact]
    public async Task Click_AddAGrid_EditsItsOwnValues()
    {
        GoTo("/sweeps/new?fields=advanced");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#hp-learningRate").Change("1e-3, 3e-4"));

        Act(page, () => page.Find(".grids .button").Click());
        Act(page, () => page.Find("#hp-learningRate").Change("0.1, 0.2, 0.3"));

        page.WaitForAssertion(() => Assert.Equal("5", Cells(page)));
        await page.InvokeAsync(() => page.FindAll(".grids [role=tab]")[1].Click());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label='Remove 0.0003 from Learning rate']")));
        Act(page, () => page.FindAll(".grids .button").Single(button => button.TextContent == "Remove grid 1").Click());
        page.WaitForAssertion(() => Assert.Equal("3", Cells(page)));
    }

    [Fact]
    public async Task Change_SeveralValuesOfWhatAllGridsShare_SaysWhereTheyBelong()
    {
        GoTo("/sweeps/new?fields=advanced");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find(".grids .button").Click());
        await page.InvokeAsync(() => page.FindAll(".grids [role=tab]")[0].Click());

        Act(page, () => page.Find("#hp-seed").Change("1 2"));

        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".field-error"), error => error.TextContent.Contains("Choose a grid above for several", StringComparison.Ordinal)));
    }

    [Fact]
    public void Click_RemoveOnAChip_CountsAgain()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#hp-seed").Change("1 2"));

        Act(page, () => page.Find("button[aria-label='Remove 1 from Seed']").Click());

        page.WaitForAssertion(() => Assert.Equal("1", Cells(page)));
    }

    /// <summary>An empty field that the user has not reached yet is not an error.</summary>
    [Fact]
    public void Change_DatasetThatNeedsAFolder_AsksForWhatIsMissingWithoutAnError()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#dataset-name").Change("imagefolder"));

        page.WaitForAssertion(() => Assert.Equal("To launch, give the sweep a name and name the folder of its images.", page.Find("#launch-obstacle").TextContent));
        Assert.Empty(page.FindAll(".field-error, .problems"));
    }

    [Theory]
    [InlineData("20 %", "0.2", null)]
    [InlineData("0.3", "0.3", null)]
    [InlineData("20", "20", "write 0.2")]
    [InlineData("a fifth", "0.2", "such as 0.2 or 20 %")]
    public void Change_ValidationShare_TakesAShareOrAPercentage(string typed, string shown, string? error)
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#dataset-fraction").Change(typed));

        page.WaitForAssertion(() => Assert.Equal(shown, page.Find("#dataset-fraction").GetAttribute("value")));
        page.WaitForAssertion(() => Assert.Equal(error is null ? 0 : 1, page.FindAll(".field-error").Count(told => error is null || told.TextContent.Contains(error, StringComparison.Ordinal))));
    }

    [Fact]
    public void Input_NameTakenAway_IsAnError()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#sweep-name").Input("x"));
        Act(page, () => page.Find("#sweep-name").Input(""));

        page.WaitForAssertion(() => Assert.Contains("1 to 200 characters", page.Find(".field-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Click_RangeOfARate_SpacesItByAFactorAndSaysSo()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("button[aria-label='Add a range of Learning rate']").Click());

        IElement spacing = page.Find(".range select");
        Assert.Contains(spacing.GetAttribute("value"), page.FindAll(".range select option").Select(option => option.GetAttribute("value")));
        Assert.Equal("log", spacing.GetAttribute("value"));
    }

    [Fact]
    public async Task Click_Choices_MultipliesCells()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#hp-seed").Change("1 2 3"));

        await page.InvokeAsync(() => Choice(page, "small_cnn").Click());
        await page.InvokeAsync(() => Choice(page, "resnet18").Click());

        page.WaitForAssertion(() => Assert.Equal("6", Cells(page)));
        page.WaitForAssertion(() => Assert.Equal("true", Choice(page, "resnet18").GetAttribute("aria-pressed")));
    }

    [Fact]
    public void Change_BadValue_SaysWhatIsAllowedAtTheField()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#hp-epochs").Change("many"));

        page.WaitForAssertion(() => Assert.Contains(
            page.FindAll(".field-error"), error => error.TextContent.Contains("\"many\"; allowed: a whole number from 1 to 10000", StringComparison.Ordinal)));
        page.WaitForAssertion(() => Assert.Equal("1", Cells(page)));
    }

    [Fact]
    public void Render_Models_ShowTheirParameters()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Assert.Equal("11.2 M", Choice(page, "resnet18").QuerySelector("small")!.TextContent);
        Assert.Contains("11,181,642 parameters", Choice(page, "resnet18").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EveryHyperparameter_IsExplainedByATipThatAKeyboardReaches()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        OpenAll(page);

        Assert.All(HyperparameterCatalog.All, definition =>
        {
            IElement help = page.Find($"button[aria-label='About {definition.Label}']");
            Assert.StartsWith(definition.Description, page.Find($"#{help.GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);
        });
    }

    private void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private static string? Idle(IRenderedComponent<LaunchPage> page, string hyperparameter) =>
        page.Find($"#hp-{hyperparameter}").Closest(".field")!.QuerySelector(".field-idle")?.TextContent;

    private static void OpenAll(IRenderedComponent<LaunchPage> page)
    {
        while (page.FindAll(".more-fields[aria-expanded='false']") is [{ } more, ..])
        {
            more.Click();
        }
    }
}
