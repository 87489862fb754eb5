using Experiments.Contracts.Api;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Whether a model is as often right as it claims: the expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", 2017).</summary>
internal static class Calibration
{
    public const int Bins = 15;

    /// <summary>Bins of equal width over the confidence, each without its lower and with its upper end.</summary>
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

    /// <summary>0 for a model whose confidence can be taken at its word, up to 1.</summary>
    public static double Error(IReadOnlyList<CalibrationBin> bins)
    {
        int images = bins.Sum(bin => bin.Count);
        return images == 0 ? 0 : bins.Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / images;
    }

    private static int BinOf(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
}
