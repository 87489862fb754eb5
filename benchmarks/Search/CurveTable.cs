using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Experiments.Benchmarks.Search;

/// <summary>A recorded training.</summary>
/// <param name="Levels">The index of its value on each axis of <see cref="CurveGrid"/>.</param>
/// <param name="SecondsPerEpoch">The median time of an epoch.</param>
/// <param name="Accuracies">The validation accuracy after each epoch, 0 to 1.</param>
internal sealed record Curve(IReadOnlyList<int> Levels, double SecondsPerEpoch, IReadOnlyList<double> Accuracies)
{
    public double Final => Accuracies[^1];
}

/// <summary>Recorded trainings, stored as compressed CSV: the value on each axis, seconds per epoch, and an accuracy per epoch.</summary>
internal static class CurveTable
{
    public static IReadOnlyList<Curve> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string header = reader.ReadLine() ?? "";
        List<Curve> curves = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            int axes = CurveGrid.Axes.Count;
            if (cells.Length != header.Split(',').Length || cells.Length <= axes + 1)
            {
                throw new InvalidDataException($"{path}: \"{line}\" has {cells.Length} cells; the header has {header.Split(',').Length}");
            }

            curves.Add(new Curve(
                [.. CurveGrid.Axes.Index().Select(axis => LevelOf(axis.Item, cells[axis.Index], path))],
                Number(cells[axes]),
                [.. cells[(axes + 1)..].Select(Number)]));
        }

        return curves;
    }

    public static void Write(string path, IEnumerable<Curve> curves)
    {
        // Whole or not at all: a recording that is killed continues from the file.
        string part = path + ".part";
        using (var writer = new StreamWriter(new GZipStream(File.Create(part), CompressionLevel.SmallestSize), new UTF8Encoding(false)) { NewLine = "\n" })
        {
            writer.WriteLine(string.Join(',', [.. CurveGrid.Axes.Select(axis => axis.Name), "secondsPerEpoch", .. Enumerable.Range(1, CurveGrid.Epochs).Select(epoch => $"epoch{epoch}")]));
            foreach (Curve curve in curves)
            {
                IEnumerable<string> values = CurveGrid.Axes.Zip(curve.Levels, (axis, level) => axis.Values[level]);
                writer.WriteLine(string.Join(',', [.. values, Text(curve.SecondsPerEpoch), .. curve.Accuracies.Select(Text)]));
            }
        }

        File.Move(part, path, overwrite: true);
    }

    private static int LevelOf(CurveAxis axis, string value, string path) =>
        axis.Values.IndexOf(value) is >= 0 and var level ? level : throw new InvalidDataException($"{path}: {axis.Name} is \"{value}\"; allowed: {string.Join(", ", axis.Values)}");

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
