using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Weights of another architecture are refused even if they have all tensors that a network needs.</summary>
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

    /// <summary>Within the backbone, but not a layer of any known model.</summary>
    [Theory]
    [InlineData("layer1.0.se.fc1.weight")]
    [InlineData("layer5.0.conv1.weight")]
    [InlineData("conv1.lora_A.weight")]
    [InlineData("layer1.0.gamma")]
    [InlineData("blocks.0.ls1.gamma", "deit_small")]
    [InlineData("blocks.11.attn.relative_position_bias_table", "deit_small")]
    [InlineData("norm_pre.weight", "deit_small")]
    [InlineData("conv3.weight", "lenet5")]
    public void Run_UnknownLayerInTheBackbone_IsRefused(string layer, string model = "resnet18")
    {
        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => Transfer(model, Save(model, [layer])));

        Assert.Contains($"it has layers that this network does not have: \"{layer}\"; they are the backbone of another architecture", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Additional content of weights files.</summary>
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
    [InlineData("resnet18", "layer1.0.bn1.activation_post_process.min_val")]
    [InlineData("deit_small", "mask_token")]
    [InlineData("deit_small", "dist_token")]
    [InlineData("mobilenet_v2", "classifier.4.weight")]
    [InlineData("deit_small", "head_dist.weight")]
    [InlineData("deit_small", "blocks.0.attn.relative_position_index")]
    [InlineData("vit_b_16", "heads.pre_logits.weight")]
    public void Run_HeadsCopiesAndStates_AreLeftOutWithoutAWarning(string model, string name) =>
        Assert.DoesNotContain("layers that this network does not have", Transfer(model, Save(model, [name])).Warning ?? "", StringComparison.Ordinal);

    [Theory]
    [InlineData("blocks.0.ls1.gamma")]
    [InlineData("patch_embed.norm.weight")]
    [InlineData("norm_pre.weight")]
    public void Run_UnknownLayerUnderTheNamesOfTimm_IsRefused(string layer)
    {
        string path = Save("vit_b_16", [layer], TimmName);

        Assert.Contains($"does not have: \"{layer}\"; they are the backbone", Assert.Throws<SafetensorsException>(() => Transfer("vit_b_16", path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NamesOfTimmAlone_Load() => Assert.NotEmpty(Transfer("vit_b_16", Save("vit_b_16", ["mask_token"], TimmName)).Loaded);

    [Theory]
    [InlineData("deit_small", "neck.0.weight")]
    [InlineData("deit_small", "reg_token")]
    [InlineData("resnet18", "neck.0.weight")]
    [InlineData("resnet18", "bn2.weight")]
    [InlineData("resnet18", "conv2.weight")]
    public void Run_UnknownLayerElsewhere_IsWarnedOf(string model, string layer) =>
        Assert.Contains($"it has layers that this network does not have: \"{layer}\". If they belong to the backbone", Transfer(model, Save(model, [layer])).Warning, StringComparison.Ordinal);

    /// <summary>Layers between backbone and head in face recognition networks.</summary>
    [Fact]
    public void Run_NeckNextToTheModules_IsWarnedOf() => Assert.Contains(
        "it has layers that this network does not have: \"bn2.weight\", \"bn2.running_mean\"",
        Transfer("resnet18", Save("resnet18", ["bn2.weight", "bn2.running_mean", "fc1.weight"])).Warning, StringComparison.Ordinal);

    /// <summary>Resized in float32, with the same result as from a float32 file.</summary>
    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Run_SixteenBitsForAnotherPatchSize_AreResizedWithThirtyTwo(ScalarType type)
    {
        string path = Save("deit_small", [], type: type);
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All["deit_small"](new ModelShape(Classes.Length, 32, SmallInput: true));
        using var file = new SafetensorsWeights(path);

        Initialization result = new WeightTransfer(model, file, Classes).Run();

        Assert.Equal(["pos_embed", "patch_embed.proj.weight"], result.Adapted.OrderDescending(StringComparer.Ordinal));
        Dictionary<string, Tensor> state = model.state_dict();
        Assert.All(result.Adapted, name => Assert.True(
            model.Adapt(name, file.Read(name).to_type(ScalarType.Float32), state[name].shape)!.equal(state[name]).all().item<bool>(), name));
    }

    /// <summary>The catalog agrees with files on which models accept one another's weights.</summary>
    [Fact]
    public void Sources_OfEachModel_HaveFittingWeights()
    {
        Dictionary<string, ModelLayout> layouts = ModelRegistry.All.Names.ToDictionary(name => name, ModelLayout.Of);

        Assert.All(layouts, model => Assert.Equal(
            SharedBackbones.SourcesOf(model.Key).Order(StringComparer.Ordinal),
            layouts.Where(source => model.Value.Takes(source.Value)).Select(source => source.Key).Order(StringComparer.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A file of the model's weights, and of small tensors of other names.</summary>
    private string Save(string name, IReadOnlyList<string> others, Func<string, string>? rename = null, ScalarType type = ScalarType.Float32)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes.Length, 64));
        using var generator = new Generator(1);
        model.Initialize(generator);
        string path = _folder.File($"{name}.safetensors");
        using FileStream stream = File.Create(path);
        IEnumerable<(string, Tensor)> own = model.state_dict().Select(item => (
            rename is null ? item.Key : rename(item.Key), item.Value.is_floating_point() ? item.Value.to_type(type) : item.Value));
        SafetensorsFile.Write(stream, [.. own, .. others.Select(other => (other, ones(1)))], new Dictionary<string, string>());
        return path;
    }

    /// <summary>timm's name for a tensor of torchvision's ViT.</summary>
    private static string TimmName(string name) => name
        .Replace("encoder.layers.encoder_layer_", "blocks.", StringComparison.Ordinal)
        .Replace("encoder.pos_embedding", "pos_embed", StringComparison.Ordinal)
        .Replace("encoder.ln.", "norm.", StringComparison.Ordinal)
        .Replace("class_token", "cls_token", StringComparison.Ordinal)
        .Replace("conv_proj", "patch_embed.proj", StringComparison.Ordinal)
        .Replace("heads.head", "head", StringComparison.Ordinal)
        .Replace("ln_", "norm", StringComparison.Ordinal)
        .Replace("self_attention.in_proj_", "attn.qkv.", StringComparison.Ordinal)
        .Replace("self_attention.out_proj", "attn.proj", StringComparison.Ordinal)
        .Replace("mlp.0.", "mlp.fc1.", StringComparison.Ordinal)
        .Replace("mlp.3.", "mlp.fc2.", StringComparison.Ordinal);

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

        /// <summary>The backbone is complete, without extra layers.</summary>
        public bool Takes(ModelLayout source) =>
            Shapes.All(wanted => OfClasses.Contains(wanted.Key) || (source.Shapes.TryGetValue(wanted.Key, out long[]? shape) && shape.SequenceEqual(wanted.Value)))
            && source.Shapes.Keys.All(name => Shapes.ContainsKey(name) || name.StartsWith(Head, StringComparison.Ordinal));
    }
}
