using Experiments.Contracts.Catalog;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Catalog;

/// <summary>All that is known of a model comes from its registration.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> Names => [.. ModelFamilies.All.SelectMany(family => family.Architectures).Select(architecture => architecture.Info.Name)];

    private static Architecture New { get; } = new(new("tiny", "A network of these tests.", 10, 5, 8), new("tiny-0123abcd.pth")) { Aliases = "small_one wee" };

    [Fact]
    public void Weights_OfARegistration_NameItsModelAndAreTorchvisions()
    {
        Assert.Equal("tiny", New.Weights!.Model);
        Assert.Equal("0123abcd", New.Weights.HashPrefix);
        Assert.Equal(0.485, New.Weights.Mean[0]);
        Assert.Equal([New.Info], new ModelFamily("Tests", [New]).Models);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Registration_OfEveryModel_IsWhereCatalogAliasesWeightsAndCodeComeFrom(string name)
    {
        Architecture registered = ModelCatalog.FindArchitecture(name)!;

        Assert.Same(registered.Info, Assert.Single(ModelCatalog.All, model => model.Name == name));
        Assert.Same(registered.Info, ModelCatalog.Find(name));
        Assert.Same(registered.Weights, PublishedWeights.Find(name));
        Assert.Equal(registered.Weights?.Model ?? name, name);
        Assert.Contains("load_state_dict", ModelCode.Python("best.safetensors", name, smallInput: false, 32), StringComparison.Ordinal);
        Assert.All(registered.Aliases.Split(' ', StringSplitOptions.RemoveEmptyEntries), alias => Assert.Equal([name], NameAliases.Find(alias, ModelCatalog.Names)));
    }

    [Fact]
    public void Aliases_NothingGiven_NameNoModel() => Assert.Empty(NameAliases.Find("", ModelCatalog.Names));
}
