using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Training;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Base;

/// <summary>The memory order changes the speed of a network, not its results.</summary>
[Collection(nameof(TrainingTests))]
public class ChannelsLastTests
{
    private const int Side = 32;
    private const int Images = 16;

    /// <summary>One of each family, with the operations that affect the order: pooling and flattening, concatenation, gates, patches, shifted windows.</summary>
    [Theory]
    [InlineData("vgg16_slim")]
    [InlineData("densenet121")]
    [InlineData("efficientnet_b0")]
    [InlineData("vit_b_16")]
    [InlineData("swin_t")]
    public void Train_ChannelsLast_StepsAsInTheUsualOrder(string model)
    {
        (double First, double Second) expected = LossesAroundAStep(model, channelsLast: false);

        (double First, double Second) actual = LossesAroundAStep(model, channelsLast: true);

        TestContext.Current.TestOutputHelper!.WriteLine($"{model}: {expected} and, channels last, {actual}");
        Assert.Equal(expected.First, actual.First, 1e-3);
        double step = Math.Abs(expected.First - expected.Second);
        Assert.InRange(step, 5e-4, double.MaxValue);
        Assert.Equal(expected.Second, actual.Second, 0.01 * step);
    }

    private static (double First, double Second) LossesAroundAStep(string name, bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();

        // Small patches would give ViT the same operations on thirteen times as many.
        Hyperparameters settings = Hyperparameters.Default with
        {
            Model = name,
            Optimizer = OptimizerKind.Sgd,
            ImageSize = Side,
            SmallInput = name != "vit_b_16",
            ChannelsLast = channelsLast,
        };
        using ImageModel model = ModelRegistry.Create(settings, classes: 10);
        using var generator = new Generator(1);
        model.Initialize(generator);
        var mode = new ForwardMode(settings, CPU);
        mode.Prepare(model);
        using var optimizer = new Optimizer(OptimizerRegistry.All["sgd"](settings), [.. model.named_parameters()], threads: 2);
        model.PrepareToTrain(model.Blocks.Count, freezeBatchNorm: true);
        Tensor images = randn([Images, 3, Side, Side], generator: generator);
        Tensor labels = arange(Images) % 10;

        double first = Loss();
        optimizer.Step(new OptimizerStep { LearningRateOf = _ => 0.01 });
        return (first, Loss());

        double Loss()
        {
            // The same draws of dropout and stochastic depth both times.
            model.Randomness.Prepare(settings.Seed, iteration: 0);
            Tensor loss = nn.functional.cross_entropy(mode.Train(model, images).Main, labels);
            loss.backward();
            return loss.item<float>();
        }
    }
}
