using System.Globalization;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Charts.Figures;

/// <summary>Ticks of an axis of bytes, at round numbers of its unit. Brushes also snap to the unlabeled ticks in between.</summary>
public sealed record ByteTicks(IReadOnlyList<double> Positions, IReadOnlyList<string> Labels)
{
    private const int MostLabels = 6;
    private const int MarksPerLabel = 10;

    public static ByteTicks Of(double low, double high)
    {
        var unit = ByteUnit.For(Math.Max(Math.Abs(low), Math.Abs(high)));
        double step = Round((high - low) / unit.Bytes / MostLabels) / MarksPerLabel;
        long first = (long)Math.Ceiling(low / unit.Bytes / step);
        long[] marks = [.. Enumerable.Range(0, (int)Math.Max(0, Math.Floor(high / unit.Bytes / step) - first + 1)).Select(place => first + place)];
        return new ByteTicks(
            [.. marks.Select(mark => mark * step * unit.Bytes)],
            [.. marks.Select(mark => mark % MarksPerLabel == 0 ? string.Create(CultureInfo.InvariantCulture, $"{mark * step:0.######} {unit.Name}") : "")]);
    }

    /// <summary>The next larger 1, 2 or 5 times a power of ten.</summary>
    private static double Round(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step <= power ? 1 : step <= 2 * power ? 2 : step <= 5 * power ? 5 : 10);
    }
}
