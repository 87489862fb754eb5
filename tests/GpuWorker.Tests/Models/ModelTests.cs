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
    public void Initialize_SameSeed_GivesTheSameWeightsWhateverHappenedBefore(string name)
    {
        using ImageModel first = Initialized(name, 1);
        manual_seed(99);
        using ImageModel second = ModelRegistry.All[name](new ModelShape(10, 64));
        using var generator = new Generator(1);
        Fill(second, double.NaN);
        second.Initialize(generator);

        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));

        using var otherGenerator = new Generator(2);
        second.Initialize(otherGenerator);

        Assert.Contains(first.parameters().Zip(second.parameters()), pair => !pair.First.equal(pair.Second).all().item<bool>());
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
    public void Forward_Evaluation_IsNotRandom(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using ImageModel model = Initialized(name, 1, dropout: 0.5);
        Tensor images = rand(2, 3, 64, 64);
        model.Randomness.Prepare(seed: 1, iteration: 1);
        model.eval();
        Tensor first = model.forward(images);
        model.Randomness.Prepare(seed: 1, iteration: 2);

        Assert.True(first.equal(model.forward(images)).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_MovedToAnotherType_GivesTheSame(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int size = Math.Max(32, ModelCatalog.Find(name)!.MinimumImageSize);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, size));
        using var generator = new Generator(1);
        model.Initialize(generator);
        Tensor images = rand(2, 3, size, size);
        model.eval();
        Tensor expected = model.forward(images);
        int tensors = model.state_dict().Count;

        // Replaces every tensor of the network, as moving to a GPU does.
        model.to(ScalarType.Float64);
        Tensor moved = model.forward(images.to_type(ScalarType.Float64));

        Assert.Equal(tensors, model.state_dict().Count);
        Assert.Equal(ScalarType.Float64, moved.dtype);

        // Untrained deep networks have large logits.
        double scale = Math.Max(1, moved.abs().max().item<double>());
        Assert.InRange((moved - expected).abs().max().item<double>() / scale, 0, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_SameStep_GivesTheSameGradientsForEveryParameter(string name)
    {
        ModelInfo info = ModelCatalog.Find(name)!;
        int size = Math.Max(32, info.MinimumImageSize);
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, size, info.SmallInput));
        using var generator = new Generator(1);
        model.Initialize(generator);
        model.PrepareToTrain(model.Blocks.Count, freezeBatchNorm: true);
        Tensor images = rand(2, 3, size, size);

        Dictionary<string, Tensor> first = Gradients();
        Dictionary<string, Tensor> second = Gradients();

        Assert.Equal(model.named_parameters().Select(pair => pair.name).Order(), first.Keys.Order());
        Assert.All(first, pair => Assert.True(pair.Value.equal(second[pair.Key]).all().item<bool>(), pair.Key));

        Dictionary<string, Tensor> Gradients()
        {
            model.zero_grad();
            model.Randomness.Prepare(seed: 1, iteration: 1);
            TrainingLogits logits = model.ForwardTraining(images);
            Tensor loss = logits.Main.square().sum();
            foreach ((Tensor auxiliary, double _) in logits.Auxiliary)
            {
                loss += auxiliary.square().sum();
            }

            loss.backward();
            return model.named_parameters().Where(pair => pair.parameter.grad is not null)
                .ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
        }
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

    private static ImageModel Initialized(string name, ulong seed, double? dropout = null)
    {
        ImageModel model = ModelRegistry.All[name](new ModelShape(10, 64, Dropout: dropout));
        using var generator = new Generator(seed);
        model.Initialize(generator);
        return model;
    }

    /// <summary>Sets every random weight; norms keep their initial values.</summary>
    private static void Fill(ImageModel model, double value)
    {
        using IDisposable unrecorded = no_grad();
        foreach (nn.Module layer in model.modules().Where(module => module is Conv2d or Linear))
        {
            foreach (Parameter parameter in layer.parameters())
            {
                parameter.fill_(value);
            }
        }
    }
}
