using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Randomness;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data.Splits;

/// <summary>Which images of each source belong to which split; ascending positions in the sources.</summary>
/// <param name="Validation">Positions in the validation source, or in the training source if there is none.</param>
internal sealed record DatasetSplits(int[] Training, int[] Validation, int[] Test)
{
    public int Count => Training.Length + Validation.Length + Test.Length;
}

/// <summary>Splits the images: a pure function of the labels, the dataset block of the sweep file and the seed.</summary>
internal static class DatasetSplitter
{
    public static DatasetSplits Split(DatasetContents contents, DatasetSpec spec, long seed)
    {
        int[] training = [.. Enumerable.Range(0, contents.Training.Labels.Count)];
        int[] validation = [.. Enumerable.Range(0, contents.Validation?.Labels.Count ?? 0)];
        int[] test = [.. Enumerable.Range(0, contents.Test?.Labels.Count ?? 0)];
        if (contents.Validation is null)
        {
            (training, validation) = HoldBack(contents.Training.Labels, spec.ValidationFraction, seed);
        }

        return spec.Limit is not { } limit
            ? new DatasetSplits(training, validation, test)
            : new DatasetSplits(
                Draw(training, limit, seed, stream: 0),
                Draw(validation, SplitSizes.Limited(limit), seed, stream: 1),
                Draw(test, SplitSizes.Limited(limit), seed, stream: 2));
    }

    /// <summary>Takes a fraction of each class for validation, but leaves at least one of its images for training.</summary>
    private static (int[] Training, int[] Validation) HoldBack(IReadOnlyList<int> labels, double fraction, long seed)
    {
        var training = new List<int>(labels.Count);
        var validation = new List<int>();
        foreach (IGrouping<int, int> members in Enumerable.Range(0, labels.Count).GroupBy(index => labels[index]))
        {
            int[] images = [.. members];
            int[] order = CounterRandom.For(seed, RandomPurpose.Split, members.Key).Permutation(images.Length);
            int held = SplitSizes.HeldBack(images.Length, fraction);
            validation.AddRange(order.Take(held).Select(position => images[position]));
            training.AddRange(order.Skip(held).Select(position => images[position]));
        }

        return ([.. training.Order()], [.. validation.Order()]);
    }

    private static int[] Draw(int[] images, int most, long seed, int stream) => images.Length <= most
        ? images
        : [.. CounterRandom.For(seed, RandomPurpose.Limit, stream).Permutation(images.Length).Take(most).Select(position => images[position]).Order()];
}
