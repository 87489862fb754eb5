using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Training.Execution;

namespace Experiments.GpuWorker.Tests.Training.Execution;

/// <summary>The precisions that <c>precision: auto</c> may choose are as accurate as float32, within the differences between seeds.</summary>
public sealed class BFloat16AccuracyTests
{
    private static readonly long[] Seeds = [1, 2, 3];

    public static TheoryData<string> Candidates => [.. BFloat16Models.Candidates];

    [Theory]
    [MemberData(nameof(Candidates))]
    public void Train_Digits_IsAsAccurateAsInFloat32(string model)
    {
        Assert.SkipUnless(BFloat16Support.Has(TrainingDevice.Select("cpu")), "a CPU without instructions for bfloat16 takes minutes");
        using var fixture = new TrainingFixture();
        double[] exact = [.. Seeds.Select(seed => Train(fixture, model, seed, Precision.Float32))];
        double[] half = [.. Seeds.Select(seed => Train(fixture, model, seed, Precision.BFloat16))];

        double noise = exact.Max() - exact.Min();
        Assert.InRange(half.Average(), exact.Average() - Math.Max(noise, 0.02), 1);
    }

    private static double Train(TrainingFixture fixture, string model, long seed, Precision precision) => fixture
        .Train(fixture.Job(
            TrainingFixture.Quick with { Model = model, Epochs = 3, Seed = seed, Precision = precision, LearningRate = 2e-3 },
            TrainingFixture.Digits(limit: 400)))
        .Epochs[^1].Metrics[MetricNames.ValidationAccuracy];
}
