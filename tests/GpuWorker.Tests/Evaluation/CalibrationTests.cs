using Experiments.Contracts.Api;
using Experiments.GpuWorker.Evaluation;

namespace Experiments.GpuWorker.Tests.Evaluation;

public class CalibrationTests
{
    [Fact]
    public void Error_ByHand_IsTheWeightedDistance()
    {
        // Bin 14, (14/15, 1]: confidence 0.975, half right. Bin 8, (8/15, 9/15]: confidence 0.6, all right.
        IReadOnlyList<CalibrationBin> bins = Calibration.Of([Of(1.0, false), Of(0.95, true), Of(0.6, true)]);

        Assert.Equal(Calibration.Bins, bins.Count);
        Assert.Equal((2, 0.5), (bins[14].Count, bins[14].Accuracy));
        Assert.Equal(0.975, bins[14].Confidence, tolerance: 1e-12);
        Assert.Equal((1, 1.0, 0.6), (bins[8].Count, bins[8].Accuracy, bins[8].Confidence));
        Assert.Equal(((2 * 0.475) + 0.4) / 3, Calibration.Error(bins), tolerance: 1e-12);
    }

    [Fact]
    public void Error_NoImages_IsNothing() => Assert.Equal(0, Calibration.Error(Calibration.Of([])));

    [Fact]
    public void Of_AnyConfidence_FallsIntoOneBin()
    {
        SampleOutcome[] outcomes = [.. Enumerable.Range(0, 1001).Select(i => Of(i / 1000.0, true))];

        Assert.Equal(1001, Calibration.Of(outcomes).Sum(bin => bin.Count));
    }

    private static SampleOutcome Of(double confidence, bool isRight) => new(isRight ? 0 : 1, [0], [confidence], isRight ? confidence : 0);
}
