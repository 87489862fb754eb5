using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models;

public class ModelTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_TenClasses_AreAsManyAsTheCatalogSays(string name)
    {
        ModelInfo info = ModelCatalog.Find(name)!;
        using ImageModel model = ModelRegistry.All[name](10, 0.1);

        Assert.Equal(info.Parameters, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(info.HeadParameters, model.named_parameters().Where(pair => model.IsHead(pair.name)).Sum(pair => pair.parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_SmallestUsualAndOddSize_GivesOneLogitPerClass(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](7, 0);
        model.eval();
        foreach (int size in (int[])[ModelCatalog.Find(name)!.MinimumImageSize, 32, 45, 64])
        {
            Tensor logits = model.forward(rand(2, 3, size, size));

            Assert.Equal([2, 7], logits.shape);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Initialize_SameSeed_GivesTheSameWeightsWhateverHappenedBefore(string name)
    {
        using ImageModel first = Initialized(name, 1);
        manual_seed(99);
        using ImageModel second = Initialized(name, 1);
        using ImageModel other = Initialized(name, 2);

        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
        Assert.Contains(first.parameters().Zip(other.parameters()), pair => !pair.First.equal(pair.Second).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PrepareToTrain_BackboneFrozen_LeavesOnlyTheHeadTrainable(string name)
    {
        using ImageModel model = ModelRegistry.All[name](10, 0.5);

        model.PrepareToTrain(backboneFrozen: true);

        Assert.All(model.named_parameters(), pair => Assert.Equal(model.IsHead(pair.name), pair.parameter.requires_grad));
        Assert.All(model.modules().OfType<TorchSharp.Modules.BatchNorm2d>(), norm => Assert.False(norm.training));
        Assert.True(model.Dropout.training);

        model.PrepareToTrain(backboneFrozen: false);

        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    private static ImageModel Initialized(string name, ulong seed)
    {
        ImageModel model = ModelRegistry.All[name](10, 0);
        using var generator = new Generator(seed);
        model.Initialize(generator);
        return model;
    }
}
