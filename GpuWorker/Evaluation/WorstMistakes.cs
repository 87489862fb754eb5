using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data.Splits;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>The wrong predictions with the highest confidence: often mislabeled images, or kinds that need more training data.</summary>
internal static class WorstMistakes
{
    public const int Most = 24;

    /// <summary>Highest confidence first.</summary>
    /// <param name="outcomes">In the order of <paramref name="split"/>.</param>
    /// <param name="places">The location of each image, in the same order.</param>
    public static IReadOnlyList<Mistake> Of(
        IReadOnlyList<SampleOutcome> outcomes, ImageSplit split, IReadOnlyList<string> places, IReadOnlyList<string> classes)
    {
        int[] worst = [.. Enumerable.Range(0, outcomes.Count)
            .Where(member => !outcomes[member].IsRight)
            .OrderByDescending(member => outcomes[member].Confidence)
            .Take(Most)];
        return [.. worst.Select(member => Show(outcomes[member], places[member], Picture(split, member), classes))];
    }

    private static Mistake Show(SampleOutcome outcome, string place, byte[] picture, IReadOnlyList<string> classes) =>
        new(place, classes[outcome.Actual], classes[outcome.Predicted], outcome.Confidence, outcome.ActualProbability, picture);

    private static byte[] Picture(ImageSplit split, int member)
    {
        using DisposeScope scope = NewDisposeScope();
        return Thumbnail.Encode(split.Batch([member], CPU).Pixels[0]);
    }
}
