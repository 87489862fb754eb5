using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Transformers;

/// <summary>Properties of all transformers: they are built for an image size, and have a variant for small images.</summary>
[Collection(nameof(TrainingTests))]
public sealed class TransformerTests : IDisposable
{
    private const int Classes = 7;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => ["vit_b_16", "swin_t", "deit_small", "beit_base"];

    /// <summary>With padded windows and merged patches, and with small-input patches.</summary>
    [Theory]
    [InlineData("vit_b_16", 32, true)]
    [InlineData("swin_t", 100, false)]
    [InlineData("swin_t", 32, true)]
    public void Forward_WeightsOfTorchvisionAtOtherSizes_GivesItsLogits(string name, int size, bool smallInput)
    {
        int patch = (name, smallInput) switch { ("swin_t", true) => 2, ("swin_t", false) => 4, (_, true) => 4, _ => 16 };
        PythonReference.Run("transformer_of_size.py", name, $"{Classes}", $"{size}", $"{patch}", _folder.Path);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, size, smallInput));

        LogitsParity.AssertSame(model, _folder.Path);
    }

    [Theory]
    [InlineData("deit_small", 96, false)]
    [InlineData("deit_small", 32, true)]
    [InlineData("beit_base", 96, false)]
    [InlineData("beit_base", 32, true)]
    public void Forward_WeightsUnderTheNamesOfTimm_GivesTheLogitsOfThePublishedDefinition(string name, int size, bool smallInput)
    {
        PythonReference.Run("timm_model.py", name, $"{Classes}", $"{size}", smallInput ? "4" : "16", _folder.Path);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, size, smallInput));

        LogitsParity.AssertSame(model, _folder.Path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Adapt_EveryTensorOfTheUsualForm_FitsSmallInputAndAnotherSize(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using ImageModel usual = ModelRegistry.All[name](new ModelShape(Classes, 224));
        using var generator = new Generator(1);
        usual.Initialize(generator);
        Dictionary<string, Tensor> stored = usual.state_dict();
        foreach (ModelShape shape in (ModelShape[])[new(Classes, 32, SmallInput: true), new(Classes, 288)])
        {
            using ImageModel other = ModelRegistry.All[name](shape);
            int adapted = 0;
            foreach ((string key, Tensor tensor) in other.state_dict())
            {
                if (stored[key].shape.AsSpan().SequenceEqual(tensor.shape))
                {
                    continue;
                }

                Tensor? converted = other.Adapt(key, stored[key], tensor.shape);
                Assert.NotNull(converted);
                Assert.Equal(tensor.shape, converted.shape);
                tensor.copy_(converted);
                adapted++;
            }

            Assert.Equal(name == "swin_t" && !shape.SmallInput, adapted == 0);
            other.eval();
            Assert.Equal([2, Classes], other.forward(rand(2, 3, shape.ImageSize, shape.ImageSize)).shape);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Adapt_TensorThatSaysNothingAboutSizes_IsLeftToTheCaller(string name)
    {
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, 32, SmallInput: true));
        using Tensor stored = zeros(1000, 768);

        Assert.Null(model.Adapt($"{model.HeadName}.weight", stored, [Classes, 768]));
    }

    [Theory]
    [InlineData("vit_b_16")]
    [InlineData("deit_small")]
    [InlineData("beit_base")]
    public void Forward_ImagesOfAnotherSizeThanBuiltFor_AreResized(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, 64));
        model.eval();
        Tensor images = rand(2, 3, 90, 90);
        Tensor resized = nn.functional.interpolate(images, size: [64, 64], mode: InterpolationMode.Bilinear, align_corners: false);

        Assert.Equal(model.forward(resized).data<float>().ToArray(), model.forward(images).data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_Dropout_ActsInFrontOfTheHeadOnly(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, 32, Dropout: 0.5));
        using var generator = new Generator(1);
        model.Initialize(generator);
        Tensor head = model.state_dict()[$"{model.HeadName}.weight"];
        head.fill_(1);
        model.train();
        Tensor images = rand(2, 3, 32, 32);
        model.Randomness.Prepare(1, 1);
        float[] first = model.forward(images).data<float>().ToArray();
        model.Randomness.Prepare(1, 2);

        Assert.NotEqual(first, model.forward(images).data<float>().ToArray());
    }

    public void Dispose() => _folder.Dispose();
}
