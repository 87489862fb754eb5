using Bunit;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class SpaceCardTests : DashboardContext
{
    private static readonly HyperparameterDefinition LearningRate = Samples.Parameter("learningRate");

    private readonly SweepDraft _draft = new();

    [Fact]
    public void Add_Number_IsDrawnFromARangeAroundItsDefault()
    {
        IRenderedComponent<SpaceCard> card = Open("learningRate");

        Assert.Equal(new RangeAxis(LearningRate, 1e-4, 1e-2) { Scale = SpaceScale.Log }, Assert.Single(_draft.Space));
        Assert.Equal(new SearchSpec(SamplerKind.Quasirandom, 20, 0), _draft.Search);
        Assert.Equal("1e-4", card.Find("#space-learningRate-min").GetAttribute("value"));
        Assert.Empty(card.FindAll("#space-learningRate-step"));
    }

    [Fact]
    public void Add_HyperparameterWithValues_TakesThemAsAListAndOutOfTheGrid()
    {
        _draft.Add(LearningRate, 1e-3);
        _draft.Add(LearningRate, 1e-2);

        IRenderedComponent<SpaceCard> card = Open("learningRate");

        Assert.Equal([1e-3, 1e-2], Assert.IsType<ChoiceAxis>(Assert.Single(_draft.Space)).Values);
        Assert.Empty(_draft.ValuesOf(LearningRate));
        Assert.Equal("0.001, 0.01", card.Find("#space-learningRate-values").GetAttribute("value"));
    }

    [Fact]
    public void Change_EndsScaleAndStep_ChangesTheRange()
    {
        IRenderedComponent<SpaceCard> card = Open("learningRate");

        card.Find("#space-learningRate-min").Change("1e-5");
        card.Find("#space-learningRate-max").Change("0.5");
        card.Find("#space-learningRate-scale").Change("linear");
        card.Find("#space-learningRate-step").Change("0.1");

        Assert.Equal(new RangeAxis(LearningRate, 1e-5, 0.5) { Step = 0.1 }, Assert.Single(_draft.Space));

        card.Find("#space-learningRate-scale").Change("log");

        Assert.Equal(new RangeAxis(LearningRate, 1e-5, 0.5) { Scale = SpaceScale.Log }, Assert.Single(_draft.Space));
    }

    [Theory]
    [InlineData("learningRate", "min", "fast", "\"fast\"")]
    [InlineData("learningRate", "max", "11", "out of range: 11")]
    [InlineData("freezeEpochs", "min", "1.5", "not a whole number: 1.5")]
    [InlineData("freezeEpochs", "step", "0.5", "not a step: \"0.5\"; allowed: a whole number from 1, or nothing")]
    public void Change_ValueThatIsNotAllowed_IsRefusedAndQuoted(string name, string part, string text, string problem)
    {
        IRenderedComponent<SpaceCard> card = Open(name);
        SpaceAxis before = _draft.Space[0];

        card.Find($"#space-{name}-{part}").Change(text);

        Assert.Contains(problem, card.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, _draft.Space[0]);
    }

    [Fact]
    public void Choose_Choices_KeepsOneAtLeast()
    {
        IRenderedComponent<SpaceCard> card = Open("optimizer");

        Toggle(card, "sgd");
        Toggle(card, "adam");

        Assert.Equal(["sgd"], Assert.IsType<ChoiceAxis>(_draft.Space[0]).Values);

        Toggle(card, "sgd");

        Assert.Equal(["sgd"], Assert.IsType<ChoiceAxis>(_draft.Space[0]).Values);
        Assert.Contains("no value left without sgd", card.Find(".field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_AListInsteadOfARange_StartsWithItsEnds()
    {
        IRenderedComponent<SpaceCard> card = Open("batchSize");

        card.Find(".space-axis select").Change("list");
        Assert.Equal([32L, 128L], Assert.IsType<ChoiceAxis>(_draft.Space[0]).Values);
        card.Find("#space-batchSize-values").Change("16 32 64");

        Assert.Equal([16L, 32L, 64L], Assert.IsType<ChoiceAxis>(_draft.Space[0]).Values);
    }

    [Fact]
    public void Change_Search_IsInTheDraft()
    {
        IRenderedComponent<SpaceCard> card = Open("learningRate");
        Assert.Empty(card.FindAll("#search-parallel"));

        card.Find("#search-sampler").Change("tpe");
        card.Find("#search-runs").Change("60");
        card.Find("#search-seed").Change("7");
        card.Find("#search-parallel").Change("4");

        Assert.Equal(new SearchSpec(SamplerKind.Tpe, 60, 7) { Parallel = 4 }, _draft.Search);

        card.Find("#search-sampler").Change("random");

        Assert.Equal(new SearchSpec(SamplerKind.Random, 60, 7), _draft.Search);
    }

    [Fact]
    public void Remove_TheLastOne_EndsTheSearchAndForgetsItsProblems()
    {
        IRenderedComponent<SpaceCard> card = Open("learningRate");
        card.Find("#space-learningRate-min").Change("fast");

        card.Find(".space-axis button").Click();

        Assert.Empty(_draft.Space);
        Assert.Null(_draft.Search);
        Assert.Empty(_draft.Refused.Problems);
    }

    /// <summary>Whatever is added has to be a sweep that can be launched, or the form would begin with an error.</summary>
    [Fact]
    public void Add_AnyHyperparameter_IsAllowedAsItIs() => Assert.All(HyperparameterCatalog.All, definition =>
    {
        var draft = new SweepDraft { Name = "s" };
        draft.DrawValuesOf(definition);

        Assert.True(SweepSpecReader.TryRead(draft.ToJson(), out _, out IReadOnlyDictionary<string, string[]> errors), string.Join("; ", errors.SelectMany(error => error.Value)));
    });

    private IRenderedComponent<SpaceCard> Open(string name)
    {
        IRenderedComponent<SpaceCard> card = Render<SpaceCard>(parameters => parameters.Add(card => card.Draft, _draft));
        card.Find("#space-add").Change(name);
        return card;
    }

    private static void Toggle(IRenderedComponent<SpaceCard> card, string name) =>
        card.FindAll("button.chip-toggle").Single(button => button.FirstChild!.TextContent == name).Click();
}
