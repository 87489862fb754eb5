using Experiments.Contracts.Api;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Compares a model's confidence with its accuracy: the expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", 2017).</summary>
internal static class Calibration
{
    public const int Bins = 15;

    /// <summary>Bins of equal width over the confidence, each excluding its lower and including its upper bound.</summary>
    public static IReadOnlyList<CalibrationBin> Of(IEnumerable<SampleOutcome> outcomes)
    {
        ILookup<int, SampleOutcome> bins = outcomes.ToLookup(outcome => BinOf(outcome.Confidence));
        return
        [
            .. Enumerable.Range(0, Bins).Select(bin => new CalibrationBin(
                (double)bin / Bins,
                (bin + 1.0) / Bins,
                bins[bin].Count(),
                bins[bin].Select(outcome => outcome.Confidence).DefaultIfEmpty().Average(),
                bins[bin].Select(outcome => outcome.IsRight ? 1.0 : 0).DefaultIfEmpty().Average())),
        ];
    }

    /// <summary>0 for a perfectly calibrated model, up to 1.</summary>
    public static double Error(IReadOnlyList<CalibrationBin> bins)
    {
        int images = bins.Sum(bin => bin.Count);
        return images == 0 ? 0 : bins.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / images;
    }

    private static int BinOf(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
}
