using Experiments.Contracts.Api;

namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>The mean and deviation of the curves of a group, step by step. Pure.</summary>
internal static class GroupCurve
{
    /// <summary>Takes 80 MB while a request is answered.</summary>
    private const int MostPointsRead = 2_000_000;
    private const int MostPerRun = 1000;
    private const int FewestPerRun = 50;

    /// <summary>The number of points read per run: all of them for up to as many epochs.</summary>
    public static int PointsPerRun(int runs) => Math.Clamp(MostPointsRead / Math.Max(1, runs), FewestPerRun, MostPerRun);

    /// <summary>
    /// One point per step. For curves with more steps than <paramref name="points"/>, one point per interval of steps, in which each run counts once,
    /// with the mean of its values.
    /// </summary>
    /// <param name="curves">Each in the order of its steps.</param>
    /// <param name="perRun">The number of points to which longer curves were downsampled.</param>
    public static IReadOnlyList<GroupPoint> Of(IReadOnlyList<IReadOnlyList<SeriesPoint>> curves, int points, int perRun)
    {
        long last = curves.Select(curve => curve.Count == 0 ? 0 : curve[^1].Step).DefaultIfEmpty(0).Max();

        // A downsampled curve has two points, the extremes, per interval.
        long width = Math.Max(1, Math.Max(Stretch(last, points), last > perRun ? Stretch(2 * last, perRun) : 1));
        var stretches = new SortedDictionary<long, RunningStatistics>();
        foreach (IReadOnlyList<SeriesPoint> curve in curves)
        {
            Add(curve, width, stretches);
        }

        return [.. stretches.Select(stretch => new GroupPoint(
            Math.Min(stretch.Key * width, last), stretch.Value.Mean!.Value, stretch.Value.Deviation, stretch.Value.Count))];
    }

    private static void Add(IReadOnlyList<SeriesPoint> curve, long width, SortedDictionary<long, RunningStatistics> stretches)
    {
        int next = 0;
        while (next < curve.Count)
        {
            long stretch = Stretch(curve[next].Step, width);
            double sum = 0;
            int count = 0;
            for (; next < curve.Count && Stretch(curve[next].Step, width) == stretch; next++)
            {
                bool isFinite = double.IsFinite(curve[next].Value);
                sum += isFinite ? curve[next].Value : 0;
                count += isFinite ? 1 : 0;
            }

            if (count > 0)
            {
                (stretches.TryGetValue(stretch, out RunningStatistics? known) ? known : stretches[stretch] = new RunningStatistics()).Add(sum / count);
            }
        }
    }

    /// <summary>Division that rounds up.</summary>
    private static long Stretch(long steps, long width) => (steps + width - 1) / width;
}
