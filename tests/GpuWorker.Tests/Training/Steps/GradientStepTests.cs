using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Steps;

[Collection(nameof(TrainingTests))]
public class GradientStepTests
{
    private static readonly Hyperparameters Settings = TrainingFixture.Quick with
    {
        Model = "lenet5",
        Epochs = 1,
        BatchSize = 32,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        LearningRate = 0.1,
    };

    [Theory]
    [InlineData(2, ClassWeighting.None, 0)]
    [InlineData(5, ClassWeighting.Balanced, 0)]
    [InlineData(3, ClassWeighting.Balanced, 0.4)]
    [InlineData(1000, ClassWeighting.None, 0.4)]
    public void Train_GradientAccumulation_GivesTheStepsOfTheWholeBatch(int parts, ClassWeighting weighting, double mixup)
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Settings with { LabelSmoothing = 0.1, ClassWeights = weighting, Mixup = mixup };
        TrainingJob whole = fixture.Job(settings);
        TrainingJob inParts = fixture.Job(settings with { GradientAccumulation = parts });
        RecordingListener expected = fixture.Train(whole);
        RecordingListener actual = fixture.Train(inParts);

        Assert.InRange(Distance(whole, inParts), 0, 1e-4);
        Assert.Equal(expected.Reproducible, actual.Reproducible, (one, other) => one.Name == other.Name && Math.Abs(one.Value - other.Value) < 2e-3);
    }

    /// <summary>Happens after an attempt ran out of memory: the optimizer sees the same batches.</summary>
    [Fact]
    public void Train_BatchesInParts_DoesWhatMoreAccumulationWouldDo()
    {
        using var fixture = new TrainingFixture();
        TrainingJob accumulated = fixture.Job(Settings with { GradientAccumulation = 4 });
        TrainingJob inParts = fixture.Job(Settings with { GradientAccumulation = 2 }) with { BatchParts = 2 };
        fixture.Train(accumulated);
        fixture.Train(inParts);

        Assert.Equal(0, Distance(accumulated, inParts));
    }

    [Fact]
    public void Train_GradientAccumulationWithBatchNorm_LeavesNoPartWithASingleImage()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "resnet18", Epochs = 1, BatchSize = 5, GradientAccumulation = 5 };

        RecordingListener listener = fixture.Train(fixture.Job(settings, TrainingFixture.Digits(limit: 10)));

        Assert.Equal(2, listener.Epochs[0].Iteration);
    }

    [Fact]
    public void Train_GradientClipping_BoundsTheStep()
    {
        const double Longest = 0.01;
        using var fixture = new TrainingFixture();
        DatasetSpec few = TrainingFixture.Digits(limit: 32);
        TrainingJob still = fixture.Job(Settings with { LearningRate = 1e-30 }, few);
        TrainingJob free = fixture.Job(Settings, few);
        TrainingJob clipped = fixture.Job(Settings with { GradientClipping = Longest }, few);
        TrainingJob loose = fixture.Job(Settings with { GradientClipping = 1000 }, few);
        foreach (TrainingJob job in (TrainingJob[])[still, free, clipped, loose])
        {
            fixture.Train(job);
        }

        Assert.Equal(Settings.LearningRate * Longest, Distance(still, clipped), tolerance: 1e-6);
        Assert.InRange(Distance(still, free), 2 * Settings.LearningRate * Longest, double.MaxValue);
        Assert.Equal(0, Distance(free, loose));
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("resnet18")]
    public void Train_EmaDecay_KeepsTheAverageOfWeightsAndBuffers(string model)
    {
        const double Decay = 0.7;
        using var fixture = new TrainingFixture();
        DatasetSpec few = TrainingFixture.Digits(limit: 32);
        Hyperparameters settings = Settings with { Model = model, LearningRate = 0.01 };
        TrainingJob[] plain = [.. Enumerable.Range(1, 3).Select(epochs => fixture.Job(settings with { Epochs = epochs }, few))];
        TrainingJob averaged = fixture.Job(settings with { Epochs = 3, EmaDecay = Decay }, few);
        foreach (TrainingJob job in plain.Append(averaged))
        {
            fixture.Train(job);
        }

        using SafetensorsContent first = Last(plain[0]);
        using SafetensorsContent second = Last(plain[1]);
        using SafetensorsContent third = Last(plain[2]);
        using SafetensorsContent actual = Last(averaged);
        foreach (string name in actual.Names)
        {
            Tensor expected = actual[name].is_floating_point()
                ? (Decay * ((Decay * first[name]) + ((1 - Decay) * second[name]))) + ((1 - Decay) * third[name])
                : third[name];
            Assert.True(expected.allclose(actual[name], rtol: 1e-4, atol: 1e-6), name);
        }
    }

    private static SafetensorsContent Last(TrainingJob job) => SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);

    /// <summary>The Euclidean distance between the weights of two runs.</summary>
    private static double Distance(TrainingJob one, TrainingJob other)
    {
        using SafetensorsContent first = Last(one);
        using SafetensorsContent second = Last(other);
        return Math.Sqrt(first.Names.Sum(name => (first[name].to_type(ScalarType.Float64) - second[name].to_type(ScalarType.Float64)).square().sum().item<double>()));
    }
}
