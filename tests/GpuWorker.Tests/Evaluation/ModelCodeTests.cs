using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Tests.Training;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Evaluation;

/// <summary>The code that a run's page shows loads its weights and gives the network's own predictions.</summary>
[Collection(nameof(TrainingTests))]
public sealed class ModelCodeTests : IDisposable
{
    private static readonly string[] Classes = ["cat", "dog", "red fox", "4", "five", "six"];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("small_cnn", false, 32)]
    [InlineData("small_cnn", false, 28)]
    [InlineData("lenet5", false, 40)]
    [InlineData("student_cnn", false, 32)]
    [InlineData("vgg16_slim", false, 32)]
    [InlineData("vgg16_gap", false, 32)]
    [InlineData("vgg16_dws", false, 32)]
    [InlineData("resnet18", true, 32)]
    [InlineData("resnet18", false, 64)]
    [InlineData("densenet121", true, 32)]
    [InlineData("densenet121", false, 64)]
    [InlineData("googlenet", false, 64)]
    [InlineData("mobilenet_v2", false, 64)]
    [InlineData("efficientnet_b0", false, 64)]
    [InlineData("swin_t", true, 32)]
    [InlineData("vit_b_16", true, 30)]
    public void Python_WeightsAndAPicture_PredictsWhatTheNetworkDoes(string name, bool smallInput, int size)
    {
        Store(name, smallInput, size);
        string code = Path.Combine(_folder.Path, "use.py");
        File.WriteAllText(code, ModelCode.Python("best.safetensors", name, smallInput, size));

        string[] lines = PythonReference.Run("model_code.py", _folder.Path, code).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        using TrainedModel model = TrainedModel.Load(Path.Combine(_folder.Path, "best.safetensors"));
        IReadOnlyList<ClassProbability> expected = model.Predict(File.ReadAllBytes(Path.Combine(_folder.Path, "picture.jpg")));
        Assert.Equal(Classes, model.Classes);
        Assert.True(expected[0].Probability - expected[^1].Probability > 0.05, "the network tells no classes apart");
        Assert.Equal(expected.Take(5).Select(prediction => prediction.Class), lines.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.All(lines.Zip(expected), pair => Assert.Equal(pair.Second.Probability, double.Parse(pair.First[(pair.First.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), tolerance: 1e-4));
    }

    [Fact]
    public void Python_EveryModelOfTheCatalog_HasLines()
    {
        string[] files = [.. ModelCatalog.All.SelectMany(model => ((bool[])[false, model.SmallInput]).Distinct().Select(small => Write(model.Name, small)))];

        PythonReference.Run("model_code.py", ["--check", .. files]);

        Assert.Null(ModelCode.Python("best.safetensors", "no_such_model", false, 32));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string model, bool small)
    {
        string file = Path.Combine(_folder.Path, $"{model}-{small}.py");
        File.WriteAllText(file, ModelCode.Python("best.safetensors", model, small, 225)!);
        return file;
    }

    /// <summary>A network whose prediction depends on the image, and an image.</summary>
    private void Store(string name, bool smallInput, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes.Length, size, smallInput));
        model.Initialize(new Generator(7));
        model.eval();
        string head = $"{model.HeadName}{(name == "vgg16_slim" ? ".6" : "")}";
        Tensor weight = model.get_parameter($"{head}.weight")!;

        // Some heads start at zero, or with nearly equal outputs.
        var generator = new Generator(8);
        model.get_parameter($"{head}.bias")!.zero_();
        weight.copy_(randn(weight.shape, generator: generator));
        weight.div_(model.forward(randn([8, 3, size, size], generator: generator)).std() / 2);
        var description = new WeightsDescription(name, Classes, size, smallInput, new ChannelStatistics([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]), 1);
        using FileStream file = File.Create(Path.Combine(_folder.Path, "best.safetensors"));
        SafetensorsFile.Write(file, model.state_dict().Select(pair => (pair.Key, pair.Value)), description.ToMetadata());
        using var picture = new SKBitmap(size, size);
        var random = new Random(3);
        for (int place = 0; place < size * size; place++)
        {
            picture.SetPixel(place % size, place / size, new SKColor((byte)random.Next(256), (byte)(place % size * 255 / size), (byte)random.Next(128)));
        }

        using FileStream image = File.Create(Path.Combine(_folder.Path, "picture.jpg"));
        picture.Encode(image, SKEncodedImageFormat.Png, 100);
    }
}
