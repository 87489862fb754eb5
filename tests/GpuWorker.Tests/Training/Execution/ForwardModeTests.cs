using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Execution;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Execution;

public sealed class ForwardModeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Train_BFloat16_IsNearFloat32AndGivesFloat32GradientsAndLogits()
    {
        using ImageModel model = NewModel();
        Tensor images = NewImages();
        Tensor expected = Mode(Precision.Float32).Train(model, images).Main;

        Tensor actual = Mode(Precision.BFloat16).Train(model, images).Main;

        actual.square().sum().backward();
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.False(actual.equal(expected).all().item<bool>());
        Assert.True(actual.allclose(expected, rtol: 0.05, atol: 0.02));
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));
    }

    [Fact]
    public void Create_Auto_IsRefusedAsInvalid()
    {
        TrainingException thrown = Assert.Throws<TrainingException>(() => Mode(Precision.Auto));

        Assert.Equal(FailureKind.Invalid, thrown.Kind);
    }

    [Fact]
    public void Train_BFloat16_LeavesWhatComesAfterInFloat32()
    {
        using ImageModel model = NewModel();
        Tensor images = NewImages();
        Mode(Precision.BFloat16).Train(model, images);

        using var linear = nn.Linear(4, 4);
        Assert.Equal(ScalarType.Float32, linear.forward(ones(2, 4)).dtype);
    }

    [Fact]
    public void Prepare_ChannelsLast_OrdersTheWeightsAndKeepsTheLogits()
    {
        using ImageModel model = NewModel();
        Tensor images = NewImages();
        Tensor expected = model.forward(images);
        var mode = new ForwardMode(Hyperparameters.Default with { ChannelsLast = true }, CPU);

        mode.Prepare(model);

        Conv2d convolution = model.modules().OfType<Conv2d>().First();
        Assert.Equal(1, convolution.weight.stride(1));
        Assert.Equal(model.named_parameters().Select(pair => pair.name).Order(), NewModel().named_parameters().Select(pair => pair.name).Order());
        Assert.True(mode.Train(model, images).Main.allclose(expected, rtol: 1e-4, atol: 1e-5));
    }

    public void Dispose() => _scope.Dispose();

    private static ForwardMode Mode(Precision precision) => new(Hyperparameters.Default with { Precision = precision, ChannelsLast = false }, CPU);

    private static Tensor NewImages()
    {
        using var generator = new Generator(1);
        return randn([4, 3, 32, 32], generator: generator);
    }

    private static ImageModel NewModel()
    {
        ImageModel model = ModelRegistry.All["small_cnn"](new ModelShape(10, 32));
        using var generator = new Generator(2);
        model.Initialize(generator);
        return model;
    }
}
