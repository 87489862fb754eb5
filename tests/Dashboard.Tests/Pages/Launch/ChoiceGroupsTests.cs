using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class ChoiceGroupsTests
{
    private static readonly IReadOnlyList<ChoiceGroup> Models = ChoiceGroups.Of(HyperparameterCatalog.Find("model")!);

    [Fact]
    public void Of_EveryHyperparameterWithChoices_OffersEachOnce() => Assert.All(
        HyperparameterCatalog.All,
        definition => Assert.Equal(definition.Choices.Order(), ChoiceGroups.Of(definition).SelectMany(group => group.Choices).Order()));

    [Theory]
    [InlineData("resnet-18", "resnet18")]
    [InlineData("ResNet 50", "resnet50")]
    [InlineData("swin", "swin_t")]
    [InlineData("inception", "googlenet")]
    [InlineData("vit", "vit_b_16")]
    [InlineData("transf deit", "deit_small")]
    public void Matching_Words_FindsTheModel(string words, string expected) => Assert.Equal([expected], ChoiceGroups.Matching(Models, words).SelectMany(group => group.Choices));

    [Fact]
    public void Matching_NoWords_IsAll() => Assert.Equal(Models, ChoiceGroups.Matching(Models, " "), (one, other) => one.Name == other.Name && one.Choices.SequenceEqual(other.Choices));
}
