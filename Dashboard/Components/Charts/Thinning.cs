using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>Makes long curves shorter without hiding what happened.</summary>
public static class Thinning
{
    /// <summary>
    /// At most about <paramref name="target"/> points: first and last, and of each stretch in between the smallest and the largest.
    /// </summary>
    public static IReadOnlyList<SeriesPoint> KeepExtremes(IReadOnlyList<SeriesPoint> points, int target)
    {
        if (points.Count <= target || target < 4)
        {
            return points;
        }

        int stretches = (target - 2) / 2;
        var kept = new List<SeriesPoint>(target) { points[0] };
        for (int stretch = 0; stretch < stretches; stretch++)
        {
            int from = 1 + (int)((long)(points.Count - 2) * stretch / stretches);
            int to = 1 + (int)((long)(points.Count - 2) * (stretch + 1) / stretches);
            AddExtremes(points, from, to, kept);
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static void AddExtremes(IReadOnlyList<SeriesPoint> points, int from, int to, List<SeriesPoint> kept)
    {
        int least = from;
        int most = from;
        for (int index = from + 1; index < to; index++)
        {
            least = points[index].Value < points[least].Value ? index : least;
            most = points[index].Value > points[most].Value ? index : most;
        }

        kept.Add(points[Math.Min(least, most)]);
        if (least != most)
        {
            kept.Add(points[Math.Max(least, most)]);
        }
    }
}
