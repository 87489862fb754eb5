using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.Estimates;

namespace Experiments.Orchestrator.Tests.Estimates;

public sealed class SweepEstimatorTests
{
    private static readonly Hyperparameters Run = new() { Model = "resnet18", ImageSize = 32, BatchSize = 64, Epochs = 5 };

    [Fact]
    public void Estimate_SameKindWasMeasured_IsEpochsTimesItsEpoch()
    {
        SweepEstimate estimate = Estimate([Run, Run with { Epochs = 10 }], [Time(32, 64, 2, runs: 7), Time(32, 128, 50), Time(64, 64, 50)]);

        Assert.Equal((30.0, 30.0, 0, null), (estimate.Seconds, estimate.TrainingSeconds, estimate.UnknownRuns, estimate.Reason));
        Assert.Equal([new EstimateBasis("resnet18", EstimateMatch.Same, 2, 7, 2)], estimate.Bases);
    }

    [Fact]
    public void Estimate_OtherBatchSizes_TakesTheNearestByFactor()
    {
        // 20 is nearer to 64 by difference, 128 by factor.
        SweepEstimate estimate = Estimate([Run], [Time(32, 20, 50), Time(32, 128, 2), Time(64, 64, 50)]);

        Assert.Equal(10, estimate.Seconds);
        Assert.Equal(EstimateMatch.OtherBatchSize, Assert.Single(estimate.Bases).Match);
    }

    [Fact]
    public void Estimate_OtherImageSize_IsScaledByPixels()
    {
        SweepEstimate estimate = Estimate([Run with { ImageSize = 64 }], [Time(32, 64, 2)]);

        Assert.Equal(5 * 2 * 4, estimate.Seconds);
        Assert.Equal(new EstimateBasis("resnet18", EstimateMatch.OtherImageSize, 1, 1, 8), Assert.Single(estimate.Bases));
    }

    [Fact]
    public void Estimate_Start_CountsOncePerRunAndNotWithPixels()
    {
        SweepEstimate estimate = Estimate([Run with { ImageSize = 64 }], [Time(32, 64, 2, start: 3)]);

        Assert.Equal(3 + (5 * 2 * 4), estimate.Seconds);
    }

    [Fact]
    public void Estimate_MeasuredOnSeveralKindsOfDevices_TakesTheOneThatTrains()
    {
        EpochTime[] measured = [Time(32, 64, 50) with { Device = "cpu" }, Time(32, 128, 2, runs: 4) with { Device = "cuda" }];

        Assert.Equal([new EstimateBasis("resnet18", EstimateMatch.OtherBatchSize, 1, 4, 2)], Estimate([Run], measured, devices: "cuda").Bases);
        Assert.Equal([new EstimateBasis("resnet18", EstimateMatch.Same, 1, 1, 50)], Estimate([Run], measured, devices: "cpu").Bases);
    }

    [Fact]
    public void Estimate_KindsOfDevicesSideBySide_IsTheirMean()
    {
        EpochTime[] measured = [Time(32, 64, 50, runs: 9) with { Device = "cpu" }, Time(32, 64, 2) with { Device = "cuda" }];

        Assert.Equal([new EstimateBasis("resnet18", EstimateMatch.Same, 1, 10, 26)], Estimate([Run], measured, devices: ["cpu", "cuda"]).Bases);
    }

    [Fact]
    public void Estimate_MeasuredOnAnotherKindOfDevice_SaysSo()
    {
        Assert.Equal(
            [new EstimateBasis("resnet18", EstimateMatch.OtherDevice, 1, 1, 50)],
            Estimate([Run], [Time(32, 64, 50) with { Device = "cpu" }], devices: "cuda").Bases);
    }

    [Fact]
    public void Estimate_SomeModelsNotMeasured_CountsThemApart()
    {
        SweepEstimate estimate = Estimate([Run, Run with { Model = "vgg16" }], [Time(32, 64, 2)]);

        Assert.Equal((10.0, 1, null), (estimate.Seconds, estimate.UnknownRuns, estimate.Reason));
    }

    [Fact]
    public void Estimate_NothingMeasured_SaysOfWhat()
    {
        SweepEstimate estimate = Estimate([Run, Run with { Model = "vgg16" }], [Time(32, 64, 2, model: "alexnet")]);

        Assert.Equal((null, 2), (estimate.Seconds, estimate.UnknownRuns));
        Assert.Equal("no run of resnet18 or vgg16 on digits has been measured yet", estimate.Reason);
    }

    [Fact]
    public void Estimate_NoWorker_TellsTheTrainingAlone()
    {
        SweepEstimate estimate = Estimate([Run], [Time(32, 64, 2)], workers: 0);

        Assert.Equal((null, 10.0, "no worker takes runs now"), (estimate.Seconds, estimate.TrainingSeconds, estimate.Reason));
    }

    [Fact]
    public void Estimate_NothingToTrain_IsNoTimeWithoutAnyWorker()
    {
        SweepEstimate estimate = Estimate([], [], workers: 0);

        Assert.Equal((0.0, null), (estimate.Seconds, estimate.Reason));
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 7)]
    [InlineData(3, 7)]
    [InlineData(9, 7)]
    public void Makespan_LongRunAmongShortOnes_IsNotShorterThanIt(int workers, double expected) =>
        Assert.Equal(expected, Makespan.Of([1, 7, 2, 1, 1], workers));

    [Fact]
    public void Makespan_MoreRunsThanWorkers_GoesToWhoIsFreeFirst() => Assert.Equal(6, Makespan.Of([3, 3, 3], 2));

    private static SweepEstimate Estimate(IReadOnlyList<Hyperparameters> runs, IReadOnlyList<EpochTime> measured, int workers = 1, params string[] devices) =>
        SweepEstimator.Estimate(runs, measured, "digits", workers, devices);

    private static EpochTime Time(int imageSize, int batchSize, double seconds, int runs = 1, string model = "resnet18", double start = 0) =>
        new() { Model = model, ImageSize = imageSize, BatchSize = batchSize, Runs = runs, Seconds = seconds, StartSeconds = start };
}
