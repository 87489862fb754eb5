using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.GpuWorker.Data.Splits;

/// <summary>Finds classes that keep few or none of their images: because of a limit, or because images are corrupt. Pure.</summary>
internal static class SplitDoubts
{
    private const int MostNamed = 20;

    /// <summary>The minimum share of a class's images that has to remain.</summary>
    private const double LeastLeft = 0.5;

    /// <param name="split">The name of the split.</param>
    /// <param name="whole">The class of each image of the split.</param>
    /// <param name="drawn">The classes of the images within the limit.</param>
    /// <param name="kept">The classes of the images that can be decoded.</param>
    public static IEnumerable<string> Find(string split, DatasetSpec spec, IReadOnlyList<string> classes, IEnumerable<int> whole, IEnumerable<int> drawn, IEnumerable<int> kept)
    {
        int[] all = Count(whole, classes.Count);
        int[] within = Count(drawn, classes.Count);
        int[] left = Count(kept, classes.Count);
        int[] undrawn = [.. Labels(label => all[label] > 0 && within[label] == 0)];
        if (undrawn.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"limit {spec.Limit} leaves no {split} image of {undrawn.Length:N0} of {classes.Count:N0} classes: {Named(undrawn, label => $"\"{classes[label]}\"")}");
        }

        int[] lost = [.. Labels(label => left[label] < within[label] * LeastLeft || (left[label] < within[label] && left[label] <= 1))];
        if (lost.Length > 0)
        {
            yield return $"skipCorrupt leaves few {split} images, or none, of: {Named(lost, label => string.Create(CultureInfo.InvariantCulture, $"\"{classes[label]}\" ({left[label]:N0} of {within[label]:N0})"))}";
        }

        IEnumerable<int> Labels(Func<int, bool> isTold) => Enumerable.Range(0, classes.Count).Where(isTold);
    }

    private static string Named(int[] labels, Func<int, string> name) => string.Join(", ", labels.Take(MostNamed).Select(name)) + (labels.Length > MostNamed ? ", …" : "");

    private static int[] Count(IEnumerable<int> labels, int classes)
    {
        int[] counts = new int[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        return counts;
    }
}
