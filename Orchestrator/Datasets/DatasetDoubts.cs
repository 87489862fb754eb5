using System.Globalization;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Warns about settings of a <c>dataset</c> block that do not fit its images: a limit that leaves classes empty, a fraction that is not used. Pure.
/// </summary>
internal static class DatasetDoubts
{
    private const string Training = "training";
    private const string Validation = "validation";
    private const string Test = "test";
    private const int MostNamed = 5;

    /// <summary>A class is named when the probability that it gets no image is at least this.</summary>
    private const double LeastChance = 0.05;

    /// <param name="read">Its class folders; null when it has none.</param>
    public static IReadOnlyList<SweepWarning> Find(DatasetSpec dataset, ImageFolder? read) => [.. IdleFraction(dataset, read), .. Limits(dataset, read)];

    private static IEnumerable<SweepWarning> IdleFraction(DatasetSpec dataset, ImageFolder? read)
    {
        // A fraction equal to the default cannot be distinguished from an absent one.
        if (read?.Validation is not null && dataset.ValidationFraction != DatasetSpec.DefaultValidationFraction)
        {
            string? folder = read.Reading.Splits.FirstOrDefault(split => split.Split == Validation)?.Folder;
            yield return new SweepWarning(
                "dataset.validationFraction",
                $"validationFraction {dataset.ValidationFraction.ToString(CultureInfo.InvariantCulture)} has no effect: the validation images are those in \"{folder}\"",
                []);
        }
    }

    private static IEnumerable<SweepWarning> Limits(DatasetSpec dataset, ImageFolder? read)
    {
        if (dataset.Limit is not { } limit)
        {
            return [];
        }

        return read is not null ? OfFolder(dataset, limit, read)
            : DatasetCatalog.Find(dataset.Name) is { Classes: { } classes } info ? OfPublished(limit, classes, info.TestImages is > 0)
            : [];
    }

    private static IEnumerable<SweepWarning> OfPublished(int limit, int classes, bool hasTest) =>
        new[] { TooFew(limit, Training, limit, classes), TooFew(limit, hasTest ? "validation or test" : Validation, SplitSizes.Limited(limit), classes) }.OfType<SweepWarning>();

    private static IEnumerable<SweepWarning> OfFolder(DatasetSpec dataset, int limit, ImageFolder read)
    {
        int[] training = CountsOf(read.Training, read.Classes.Count);
        int[] heldBack = [.. training.Select(images => read.Validation is null ? SplitSizes.HeldBack(images, dataset.ValidationFraction) : 0)];
        (string Split, int Most, int[] Counts)[] splits =
        [
            (Training, limit, [.. training.Zip(heldBack, (images, held) => images - held)]),
            (Validation, SplitSizes.Limited(limit), read.Validation is { } validation ? CountsOf(validation, read.Classes.Count) : heldBack),
            .. read.Test is { } test ? [(Test, SplitSizes.Limited(limit), CountsOf(test, read.Classes.Count))] : ((string, int, int[])[])[],
        ];
        return splits.Select(split => TooFew(limit, split.Split, split.Most, split.Counts.Count(images => images > 0)) ?? Unlikely(limit, split.Split, split.Most, split.Counts, read.Classes)).OfType<SweepWarning>();
    }

    /// <summary>With fewer images than classes, some classes are always empty.</summary>
    private static SweepWarning? TooFew(int limit, string split, int images, int classes) => images >= classes
        ? null
        : Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"limit {limit} leaves {images:N0} {split} image{(images == 1 ? "" : "s")} for {classes:N0} classes: some have none{(split == Training ? ", and cannot be learned" : ", and support 0")}"));

    /// <summary>Images are drawn regardless of their class: rare classes may get none.</summary>
    private static SweepWarning? Unlikely(int limit, string split, int most, int[] counts, IReadOnlyList<string> classes)
    {
        int all = counts.Sum();
        int[] rare = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] > 0 && ChanceOfNone(counts[label], all, most) >= LeastChance)];
        if (rare.Length == 0)
        {
            return null;
        }

        IEnumerable<string> named = rare.Take(MostNamed).Select(label => string.Create(CultureInfo.InvariantCulture, $"\"{classes[label]}\" ({counts[label]:N0} of {all:N0})"));
        return Warn(string.Create(
            CultureInfo.InvariantCulture,
            $"limit {limit} draws {most:N0} {split} images whatever their class, and may leave none of {string.Join(", ", named)}{(rare.Length > MostNamed ? ", …" : "")}"));
    }

    /// <summary>The probability that none of a class's images is drawn.</summary>
    private static double ChanceOfNone(int images, int all, int drawn)
    {
        double chance = 1;
        for (int i = 0; i < images && chance >= LeastChance; i++)
        {
            chance *= Math.Max(0, all - drawn - i) / (double)(all - i);
        }

        return chance;
    }

    private static SweepWarning Warn(string message) => new("dataset.limit", message, []);

    private static int[] CountsOf(ImageFolderSplit split, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in split.Labels)
        {
            counts[label]++;
        }

        return counts;
    }
}
