using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Metrics;

/// <summary>Reduces a long curve to the points needed to draw it. Pure.</summary>
public static class Thinning
{
    /// <summary>
    /// At most <paramref name="most"/> of <paramref name="points"/> (sorted by step), in order: the first, the last, and the lowest and highest of
    /// each of the equally long stretches in between, so that no spike is lost.
    /// </summary>
    public static IReadOnlyList<SeriesPoint> Reduce(IReadOnlyList<SeriesPoint> points, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (points.Count <= most)
        {
            return points;
        }

        return most < 4 ? Fewest(points, most) : Stretches(points, (most - 2) / 2);
    }

    /// <summary>When not all four of lowest, highest, last and first fit: as many as fit, in this order.</summary>
    private static SeriesPoint[] Fewest(IReadOnlyList<SeriesPoint> points, int most)
    {
        (int low, int high) = Extremes(points, 0, points.Count);
        int[] wanted = [low, high, points.Count - 1, 0];
        return [.. wanted.Distinct().Take(most).Order().Select(i => points[i])];
    }

    private static List<SeriesPoint> Stretches(IReadOnlyList<SeriesPoint> points, int count)
    {
        int between = points.Count - 2;
        var kept = new List<SeriesPoint>((2 * count) + 2) { points[0] };
        for (int stretch = 0; stretch < count; stretch++)
        {
            int from = 1 + (int)((long)between * stretch / count);
            int to = 1 + (int)((long)between * (stretch + 1) / count);
            (int low, int high) = Extremes(points, from, to);
            kept.Add(points[Math.Min(low, high)]);
            if (low != high)
            {
                kept.Add(points[Math.Max(low, high)]);
            }
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static (int Low, int High) Extremes(IReadOnlyList<SeriesPoint> points, int from, int to)
    {
        int low = from;
        int high = from;
        for (int i = from + 1; i < to; i++)
        {
            low = points[i].Value < points[low].Value ? i : low;
            high = points[i].Value > points[high].Value ? i : high;
        }

        return (low, high);
    }
}
