using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The ticks of a parallel axis and their labels. Brushes snap to ticks. Pure.</summary>
public sealed record AxisTicks(IReadOnlyList<double> Positions, IReadOnlyList<string> Labels)
{
    /// <summary>More labels would overlap.</summary>
    private const int MostLabels = 24;

    /// <summary>Axes with at most this many distinct numbers get one tick per number.</summary>
    private const int MostNumbers = 12;

    private const int LongestLabel = 22;

    /// <summary>Null where the default ticks suffice.</summary>
    public static AxisTicks? Of(AnalysisAxis axis)
    {
        if (!axis.IsCategory && axis.Levels.Count > MostNumbers)
        {
            return axis.Scale == AxisScale.Logarithmic ? Decades(axis) : null;
        }

        int step = (axis.Levels.Count + MostLabels - 1) / MostLabels;
        return new AxisTicks(
            [.. axis.Levels.Select(level => level.Position)],
            [.. axis.Levels.Index().Select(level => level.Index % step == 0 ? Shorten(level.Item.Label) : "")]);
    }

    /// <summary>Ticks at every digit for brushes to snap to, some of them labeled.</summary>
    private static AxisTicks Decades(AnalysisAxis axis)
    {
        (double low, double high) = (axis.Levels[0].Position, axis.Levels[^1].Position);
        int[] labelled = high - low > 3 ? [1] : [1, 2, 5];
        var positions = new List<double>();
        var labels = new List<string>();
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            for (int digit = 1; digit < 10; digit++)
            {
                double position = decade + Math.Log10(digit);
                if (position >= low - 0.05 && position <= high + 0.05)
                {
                    positions.Add(position);
                    labels.Add(labelled.Contains(digit) ? HyperparameterDefinition.Format(double.Parse($"{digit}e{decade}", CultureInfo.InvariantCulture)) : "");
                }
            }
        }

        return new AxisTicks(positions, labels);
    }

    private static string Shorten(string label) => label.Length <= LongestLabel ? label : string.Concat(label.AsSpan(0, LongestLabel - 1), "…");
}
