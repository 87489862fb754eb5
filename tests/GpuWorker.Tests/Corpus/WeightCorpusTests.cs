using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Training;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Pretrained.TorchFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>Weights are found in files of all common forms, regardless of containers and name prefixes.</summary>
[Collection(nameof(TrainingTests))]
public sealed class WeightCorpusTests : IDisposable
{
    private static readonly string[] Classes = [.. Enumerable.Range(0, 10).Select(label => $"class {label}")];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. WeightCorpus.Fitting.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_FileThatFitsOneWay_LoadsEveryTensorAndSaysWhich(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        StoredShape shape = WeightCorpus.Fitting.Single(shape => shape.Name == name);
        using ImageModel source = Network(1);
        using ImageModel model = Network(2);
        using TorchFile file = Write(shape, source);

        Initialization result = new WeightTransfer(model, file, Classes).Run();

        AssertEqual(source, model);
        Assert.Equal((shape.Container, shape.Prefix), (result.Container, result.DroppedPrefix));
        Assert.Equal(model.state_dict().Keys, result.Loaded);
    }

    [Theory]
    [InlineData("_orig_mod.")]
    [InlineData("module.backbone.")]
    public void Run_SafetensorsWithAPrefix_LoadsEveryTensor(string prefix)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel source = Network(1);
        using ImageModel model = Network(2);
        string path = _folder.File("prefixed.safetensors");
        using (FileStream stream = File.Create(path))
        {
            SafetensorsFile.Write(stream, source.state_dict().Select(item => (prefix + item.Key, item.Value)), new Dictionary<string, string>());
        }

        using var file = new SafetensorsWeights(path);
        Initialization result = new WeightTransfer(model, file, Classes).Run();

        AssertEqual(source, model);
        Assert.Equal(prefix, result.DroppedPrefix);
    }

    [Fact]
    public void Run_AverageBesides_SaysThatItFitsToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Network(2);
        using TorchFile file = Write(WeightCorpus.Fitting.Single(shape => shape.Name == "average besides"), model);

        Assert.Equal(["\"state_dict_ema\""], new WeightTransfer(model, file, Classes).Run().OtherReadings);
    }

    [Fact]
    public void Run_TwoThatFitAsWell_IsRefusedAndNamesBoth()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Network(2);
        using TorchFile file = Write(WeightCorpus.Ambiguous, model);

        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => new WeightTransfer(model, file, Classes).Run());

        Assert.Contains("several ways that fit equally well: \"student\", or \"teacher\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingFits_NamesWhatWasFoundAndWhatWasWanted()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Network(2);
        using TorchFile file = Write(WeightCorpus.Foreign, model);

        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => new WeightTransfer(model, file, Classes).Run());

        Assert.Contains(
            "found: \"features.0.weight\", \"features.0.bias\"; wanted: \"conv1.weight\", \"conv1.bias\", \"conv2.weight\" and 7 more",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes")]
    [InlineData("class_names")]
    [InlineData("class_to_idx")]
    [InlineData("idx_to_class")]
    public void Run_TorchFileThatNamesItsClasses_BringsEachRowToItsClass(string key)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel source = Network(1);
        using ImageModel model = Network(2);
        string[] backwards = [.. Classes.Reverse()];
        using TorchFile file = Save(new Dictionary<string, object?>
        {
            ["epoch"] = 3.0,
            ["state_dict"] = source.state_dict().ToDictionary(item => item.Key, item => (object?)item.Value),
            [key] = key switch
            {
                "class_to_idx" => backwards.Index().ToDictionary(item => item.Item, item => (object?)(long)item.Index),
                "idx_to_class" => backwards.Index().ToDictionary(item => (long)item.Index, item => item.Item),
                _ => backwards,
            },
        });

        Initialization result = new WeightTransfer(model, file, Classes).Run();

        Assert.Equal(HeadFate.Reordered, result.Head);
        Assert.Null(result.Warning);
        Assert.True(source.state_dict()["fc3.weight"].flip(0).equal(model.state_dict()["fc3.weight"]).all().item<bool>());
    }

    /// <summary>A bias without its weights, and weights of another width next to a bias that fits.</summary>
    [Theory]
    [InlineData("fc3.weight", null, "the file's head has no \"fc3.weight\"")]
    [InlineData("fc3.bias", null, "the file's head has no \"fc3.bias\"")]
    [InlineData("fc3.weight", 32L, "the file's head has \"fc3.weight\" in the shape [10, 32]; expected [10, 84]")]
    public void Run_FileWithHalfAHead_GetsANewHeadAsAWhole(string part, long? width, string reason)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel source = Network(1);
        using ImageModel model = Network(2);
        Dictionary<string, Tensor> before = model.state_dict().ToDictionary(item => item.Key, item => item.Value.clone());
        IEnumerable<KeyValuePair<string, Tensor>> stored = source.state_dict().Where(item => item.Key != part);
        if (width is { } columns)
        {
            stored = stored.Append(new(part, zeros(10, columns)));
        }

        using TorchFile file = Save(stored.ToDictionary(item => item.Key, item => (object?)item.Value));

        Initialization result = new WeightTransfer(model, file, Classes).Run();

        Assert.Equal((HeadFate.New, reason), (result.Head, result.HeadReason));
        Assert.All((string[])["fc3.weight", "fc3.bias"], name => Assert.True(before[name].equal(model.state_dict()[name]).all().item<bool>(), name));
        Assert.True(source.state_dict()["fc1.weight"].equal(model.state_dict()["fc1.weight"]).all().item<bool>());
    }

    [Fact]
    public void Run_TorchFileWhoseClassesAreSomethingElse_SaysThatTheyAreNotKnown()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Network(2);
        using TorchFile file = Save(new Dictionary<string, object?>
        {
            ["model"] = model.state_dict().ToDictionary(item => item.Key, item => (object?)item.Value),
            ["classes"] = 10L,
        });

        Initialization result = new WeightTransfer(model, file, Classes).Run();

        Assert.Equal(HeadFate.Kept, result.Head);
        Assert.StartsWith("it is not known which classes the file's 10 outputs are for", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_QuantizedWeights_AreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Network(2);
        string path = _folder.File("quantized.safetensors");
        using (FileStream stream = File.Create(path))
        {
            SafetensorsFile.Write(stream, model.state_dict().Select(item => (item.Key, item.Value.to_type(ScalarType.Int8))), new Dictionary<string, string>());
        }

        using var file = new SafetensorsWeights(path);
        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => new WeightTransfer(model, file, Classes).Run());

        Assert.Contains("quantized weights cannot be trained", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ImageModel Network(ulong seed)
    {
        ImageModel model = ModelRegistry.All["lenet5"](new ModelShape(Classes.Length, 32));
        using var generator = new Generator(seed);
        model.Initialize(generator);
        return model;
    }

    private static void AssertEqual(ImageModel expected, ImageModel actual)
    {
        Dictionary<string, Tensor> state = actual.state_dict();
        Assert.All(expected.state_dict(), item => Assert.True(item.Value.equal(state[item.Key]).all().item<bool>(), item.Key));
    }

    private TorchFile Write(StoredShape shape, ImageModel source) => Save(shape.Make(source.state_dict()));

    private TorchFile Save(IReadOnlyDictionary<string, object?> root)
    {
        string path = _folder.File("weights.pth");
        TorchFileWriter.Save(path, root);
        return TorchFile.Open(path);
    }
}
