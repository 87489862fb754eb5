using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using TorchSharp.Modules;
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
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, 224));

        Assert.Equal(info.Parameters, model.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(info.BatchNorm, model.UsesBatchNorm);
        Assert.Equal(info.HeadParameters, model.named_parameters().Where(pair => model.IsHead(pair.name)).Sum(pair => pair.parameter.numel()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_SmallestUsualAndOddSize_GivesOneLogitPerClass(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int smallest = ModelCatalog.Find(name)!.MinimumImageSize;
        foreach (int size in ((int[])[smallest, 32, 45, 64]).Where(size => size >= smallest).Distinct())
        {
            using ImageModel model = ModelRegistry.All[name](new ModelShape(7, size));
            model.eval();
            Tensor logits = model.forward(rand(2, 3, size, size));

            Assert.Equal([2, 7], logits.shape);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_SmallInput_GivesOneLogitPerClass(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        ModelInfo info = ModelCatalog.Find(name)!;
        int size = Math.Max(32, info.MinimumImageSize);
        using ImageModel usual = ModelRegistry.All[name](new ModelShape(7, size));
        using ImageModel small = ModelRegistry.All[name](new ModelShape(7, size, SmallInput: true));
        small.eval();

        Assert.Equal([2, 7], small.forward(rand(2, 3, size, size)).shape);
        Assert.Equal(info.SmallInput, !Shapes(usual).SequenceEqual(Shapes(small)));

        static IEnumerable<string> Shapes(ImageModel model) => model.parameters().Select(parameter => string.Join(',', parameter.shape));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PrepareToTrain_BackboneFrozen_LeavesOnlyTheHeadTrainable(string name)
    {
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, 64));

        model.PrepareToTrain(thawedBlocks: 0, freezeBatchNorm: true);

        Assert.All(model.named_parameters(), pair => Assert.Equal(model.IsHead(pair.name), pair.parameter.requires_grad));
        Assert.All(model.modules(), module => Assert.Equal(module is not BatchNorm2d, module.training));

        model.PrepareToTrain(thawedBlocks: 0, freezeBatchNorm: false);

        Assert.All(model.named_parameters(), pair => Assert.Equal(model.IsHead(pair.name), pair.parameter.requires_grad));
        Assert.All(model.modules(), module => Assert.True(module.training));

        model.PrepareToTrain(model.Blocks.Count, freezeBatchNorm: true);

        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Blocks_Together_HoldEveryParameterButTheHeads(string name)
    {
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, 64));
        model.PrepareToTrain(thawedBlocks: 0, freezeBatchNorm: true);
        var frozen = new HashSet<string>(Frozen());

        for (int thawed = 1; thawed <= model.Blocks.Count; thawed++)
        {
            model.PrepareToTrain(thawed, freezeBatchNorm: true);
            Assert.True(frozen.IsProperSupersetOf(Frozen()), $"block {model.Blocks.Count - thawed} holds nothing");
            frozen = [.. Frozen()];
        }

        Assert.Empty(frozen);

        IEnumerable<string> Frozen() => model.named_parameters().Where(pair => !pair.parameter.requires_grad).Select(pair => pair.name);
    }
}
