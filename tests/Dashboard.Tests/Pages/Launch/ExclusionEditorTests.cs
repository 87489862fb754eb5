using AngleSharp.Dom;
using Bunit;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class ExclusionEditorTests : LaunchPageContext
{
    [Fact]
    public void Render_ValueThatIsNotInTheGrid_IsShownAndSaysSo()
    {
        IElement select = Only(Open("grid:\n  seed: [1, 2]\nexclude: [ { seed: 7 } ]"));

        Assert.Equal("7 (not in the grid)", Chosen(select));
    }

    [Fact]
    public void Render_RuleThatNoCombinationMeets_SaysThatItLeavesNothingOut() => Assert.Equal(
        "This rule leaves nothing out: no combination has seed 7.", Open("grid:\n  seed: [1, 2]\nexclude: [ { seed: 7 } ]").Find(".rule .field-doubt").TextContent);

    [Fact]
    public void Render_SomeValuesInTheGrid_ShowsAllAndNothingElse()
    {
        IRenderedComponent<ExclusionEditor> editor = Open("grid:\n  seed: [1, 2]\nexclude: [ { seed: [2, 7] } ]");

        Assert.Equal("2 or 7 (not in the grid)", Chosen(Only(editor)));
        Assert.Empty(editor.FindAll(".field-doubt"));
    }

    [Fact]
    public void Render_ValueInTheGrid_IsChosen() => Assert.Equal("2", Chosen(Only(Open("grid:\n  seed: [1, 2]\nexclude: [ { seed: 2 } ]"))));

    [Theory]
    [InlineData("optimizer: sgd", "Optimizer = sgd (not in the grid)", true)]
    [InlineData("optimizer: adam", "Optimizer = adam", false)]
    public void Render_HyperparameterThatIsNotVaried_IsComparedToWhatAllCombinationsHave(string condition, string shown, bool isIdle)
    {
        IRenderedComponent<ExclusionEditor> editor = Open($"grid:\n  seed: [1, 2]\nexclude: [ {{ seed: 1, {condition} }} ]");

        Assert.Equal(shown, editor.Find(".rule .chip").TextContent);
        Assert.Equal(isIdle, editor.FindAll(".field-doubt").Count > 0);
    }

    [Fact]
    public async Task Change_ToAValueOfTheGrid_ReplacesTheOther()
    {
        SweepDraft draft = Draft("grid:\n  seed: [1, 2]\nexclude: [ { seed: 7 } ]");
        IRenderedComponent<ExclusionEditor> editor = Render<ExclusionEditor>(parameters => parameters.Add(editor => editor.Draft, draft));

        await editor.InvokeAsync(() => editor.Find(".rule select").Change("1"));

        Assert.Equal([2L], Assert.Single(Assert.Single(draft.Exclusions).Matches).Values);
    }

    private IRenderedComponent<ExclusionEditor> Open(string yaml) => Render<ExclusionEditor>(parameters => parameters.Add(editor => editor.Draft, Draft(yaml)));

    private static SweepDraft Draft(string yaml) => SweepYaml.Read($"name: x\ndataset: digits\n{yaml}\n").Draft!;

    private static IElement Only(IRenderedComponent<ExclusionEditor> editor) => editor.Find(".rule select");

    private static string Chosen(IElement select) =>
        select.QuerySelectorAll("option").Single(option => option.GetAttribute("value") == select.GetAttribute("value")).TextContent;
}
