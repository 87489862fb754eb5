using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Pretrained;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Weights of another architecture are refused also where they have all that a network needs.</summary>
[Collection(nameof(TrainingTests))]
public sealed class ForeignLayersTests : IDisposable
{
    private static readonly string[] Classes = ["a", "b", "c"];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("resnet34", "resnet18", "\"layer1.2.conv1.weight\", ")]
    [InlineData("resnet101", "resnet50", "\"layer3.6.conv1.weight\", ")]
    [InlineData("resnet50", "resnet18", "\"layer1.0.conv3.weight\", ")]
    [InlineData("efficientnet_b1", "efficientnet_b0", "\"features.1.1.block.0.0.weight\", ")]
    [InlineData("densenet169", "densenet121", "\"features.denseblock3.denselayer25.norm1.weight\", ")]
    public void Train_WeightsOfALargerModel_AreRefusedAndTheModelIsNamed(string stored, string model, string layers)
    {
        string path = Save(stored, []);
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Model = model, Pretrained = path, SmallInput = ModelCatalog.Find(model)!.SmallInput ? false : null });

        TrainingException failure = Assert.Throws<TrainingException>(() => fixture.Train(job));

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.StartsWith($"pretrained \"{path}\" cannot be used: it has layers that this network does not have: {layers}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($". The weights in this file are {stored}'s; write model: {stored}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WeightsOfASmallerModel_NameIt()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Model = "resnet34", Pretrained = Save("resnet18", []), SmallInput = false });

        TrainingException failure = Assert.Throws<TrainingException>(() => fixture.Train(job));

        Assert.Contains("it has no tensor \"layer1.2.conv1.weight\"", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("write model: resnet18", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Within the backbone, but no layer of any model that is known here.</summary>
    [Theory]
    [InlineData("layer1.0.se.fc1.weight")]
    [InlineData("layer5.0.conv1.weight")]
    [InlineData("conv1.lora_A.weight")]
    public void Run_UnknownLayerInTheBackbone_IsRefused(string layer)
    {
        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => Transfer("resnet18", Save("resnet18", [layer])));

        Assert.Contains($"it has layers that this network does not have: \"{layer}\"; they are the backbone of another architecture", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>What files have besides the weights that are meant.</summary>
    [Theory]
    [InlineData("resnet18", "fc.0.weight")]
    [InlineData("resnet18", "fc2.weight")]
    [InlineData("resnet18", "aux_classifier.0.weight")]
    [InlineData("resnet18", "AuxLogits.conv0.conv.weight")]
    [InlineData("resnet18", "ema.layer1.2.conv1.weight")]
    [InlineData("resnet18", "criterion.weight")]
    [InlineData("resnet18", "projector.0.weight")]
    [InlineData("resnet18", "optimizer.state.0.bias")]
    [InlineData("resnet18", "layer1.0.total_ops")]
    [InlineData("resnet18", "queue_ptr")]
    [InlineData("mobilenet_v2", "classifier.4.weight")]
    [InlineData("deit_small", "head_dist.weight")]
    [InlineData("deit_small", "blocks.0.attn.relative_position_index")]
    [InlineData("vit_b_16", "heads.pre_logits.weight")]
    public void Run_HeadsCopiesAndStates_AreLeftOutWithoutAWarning(string model, string name) =>
        Assert.DoesNotContain("layers that this network does not have", Transfer(model, Save(model, [name])).Warning ?? "", StringComparison.Ordinal);

    [Fact]
    public void Run_UnknownLayerElsewhere_IsWarnedOf() =>
        Assert.Contains("it has layers that this network does not have: \"neck.0.weight\". If they belong to the backbone", Transfer("resnet18", Save("resnet18", ["neck.0.weight"])).Warning, StringComparison.Ordinal);

    /// <summary>What the catalog says of runs of other models is what their files do.</summary>
    [Fact]
    public void Sources_OfEachModel_AreThoseWhoseWeightsFit()
    {
        Dictionary<string, ModelLayout> layouts = ModelRegistry.All.Names.ToDictionary(name => name, ModelLayout.Of);

        Assert.All(layouts, model => Assert.Equal(
            SharedBackbones.SourcesOf(model.Key).Order(StringComparer.Ordinal),
            layouts.Where(source => model.Value.Takes(source.Value)).Select(source => source.Key).Order(StringComparer.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of the model's weights, and of small tensors of other names.</summary>
    private string Save(string name, IReadOnlyList<string> others)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes.Length, 64));
        using var generator = new Generator(1);
        model.Initialize(generator);
        string path = _folder.File($"{name}.safetensors");
        using FileStream stream = File.Create(path);
        SafetensorsFile.Write(stream, [.. model.state_dict().Select(item => (item.Key, item.Value)), .. others.Select(other => (other, ones(1)))], new Dictionary<string, string>());
        return path;
    }

    private static Initialization Transfer(string name, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes.Length, 64));
        using var file = new SafetensorsWeights(path);
        return new WeightTransfer(model, file, Classes).Run();
    }

    /// <summary>The tensors of a network, without their values.</summary>
    private sealed record ModelLayout(IReadOnlyDictionary<string, long[]> Shapes, IReadOnlySet<string> OfClasses, string Head)
    {
        public static ModelLayout Of(string name)
        {
            using DisposeScope scope = NewDisposeScope();
            using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes.Length, 64));
            Dictionary<string, Tensor> state = model.state_dict();
            return new ModelLayout(
                state.ToDictionary(item => item.Key, item => item.Value.shape), state.Keys.Where(model.DependsOnClasses).ToHashSet(), model.HeadName.Split('.')[0] + ".");
        }

        /// <summary>All that the backbone needs is there, and no more of a backbone.</summary>
        public bool Takes(ModelLayout source) =>
            Shapes.All(wanted => OfClasses.Contains(wanted.Key) || (source.Shapes.TryGetValue(wanted.Key, out long[]? shape) && shape.SequenceEqual(wanted.Value)))
            && source.Shapes.Keys.All(name => Shapes.ContainsKey(name) || name.StartsWith(Head, StringComparison.Ordinal));
    }
}
