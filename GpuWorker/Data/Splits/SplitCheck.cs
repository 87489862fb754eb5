using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Data.Splits;

/// <summary>Refuses splits with too few images and reports the reason.</summary>
internal static class SplitCheck
{
    private const int LeastTraining = 2;
    private const int LeastEvaluated = 1;
    private const int MostNamed = 5;

    /// <param name="chosen">The positions in the source of the split's images.</param>
    /// <exception cref="TrainingException">The split has too few images (kind Data).</exception>
    public static ImageSplit RequireTraining(ImageStore store, int[] chosen, IImageSource source, DatasetSpec spec) => Require(store, chosen, source, spec, "training", LeastTraining);

    /// <inheritdoc cref="RequireTraining"/>
    /// <param name="name">The name of the split.</param>
    public static ImageSplit RequireEvaluated(ImageStore store, int[] chosen, IImageSource source, DatasetSpec spec, string name) => Require(store, chosen, source, spec, name, LeastEvaluated);

    /// <summary>Requires that skipping corrupt images has not removed a whole class.</summary>
    /// <exception cref="TrainingException">A whole class was removed (kind Data).</exception>
    public static void RequireClasses(ImageSplit split, int[] chosen, DatasetContents contents)
    {
        IReadOnlyList<int> labels = contents.Training.Labels;
        string[] lost = [.. chosen.Select(position => labels[position])
            .Except(split.Samples.Select(position => labels[position]))
            .Select(label => contents.Classes[label])];
        if (lost.Length > 0)
        {
            throw DatasetErrors.Bad($"no training image can be decoded of class {string.Join(", ", lost.Select(name => $"\"{name}\""))}");
        }
    }

    private static ImageSplit Require(ImageStore store, int[] chosen, IImageSource source, DatasetSpec spec, string name, int least)
    {
        var split = new ImageSplit(store, [.. chosen.Where(store.Holds)]);
        return split.Count >= least ? split : throw DatasetErrors.Bad(chosen.Length >= least ? Undecodable(store, chosen, source, name, split.Count) : TooFew(chosen.Length, spec, name, least));
    }

    private static string Undecodable(ImageStore store, int[] chosen, IImageSource source, string name, int left)
    {
        HashSet<string> places = [.. chosen.Select(source.Locate)];
        CorruptImage[] corrupt = [.. store.Corrupt.Where(image => places.Contains(image.Place))];
        string named = string.Join("; ", corrupt.Take(MostNamed)) + (corrupt.Length > MostNamed ? "; …" : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(left == 0 ? "none" : $"only {left}")} of the {chosen.Length:N0} {name} images can be decoded: {named}. Fix them; skipCorrupt leaves out single images, not a whole split");
    }

    private static string TooFew(int images, DatasetSpec spec, string name, int least) => string.Create(
        CultureInfo.InvariantCulture,
        $"data set \"{spec.Name}\" has {images} {name} images with {(spec.Limit is { } limit ? $"limit {limit} and " : "")}validationFraction {spec.ValidationFraction}; at least {least} are needed");
}
