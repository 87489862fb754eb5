using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Tests.Catalog;

public sealed class ModelFamiliesTests
{
    [Fact]
    public void All_EveryModel_IsInOneFamily() =>
        Assert.Equal(ModelCatalog.Names.Order(), ModelFamilies.All.SelectMany(family => family.Models).Select(model => model.Name).Order());
}
