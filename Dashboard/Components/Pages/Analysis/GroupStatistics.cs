
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The statistics of a group of runs.</summary>
/// <param name="Deviation">The sample standard deviation; 0 for a single run.</param>
/// <param name="BestRun">The index of the best run.</param>
public sealed record GroupStatistics(int Count, double Mean, double Deviation, double Best, int BestRun)
{
    /// <summary>One for each group; null for groups without runs.</summary>
    /// <param name="groupOf">The group of each run.</param>
    /// <param name="values">The value of each run.</param>
    public static IReadOnlyList<GroupStatistics?> Of(int groups, IEnumerable<int> groupOf, IReadOnlyList<double> values, Goal goal)
    {
        List<int>[] members = [.. Enumerable.Range(0, groups).Select(_ => new List<int>())];
        foreach ((int run, int group) in groupOf.Index())
        {
            members[group].Add(run);
        }

        return [.. members.Select(runs => runs.Count == 0 ? null : Summarize(runs, values, goal))];
    }

    private static GroupStatistics Summarize(List<int> runs, IReadOnlyList<double> values, Goal goal)
    {
        double mean = runs.Average(run => values[run]);
        double variance = runs.Count == 1 ? 0 : runs.Sum(run => (values[run] - mean) * (values[run] - mean)) / (runs.Count - 1);
        int best = goal == Goal.Maximize ? runs.MaxBy(run => values[run]) : runs.MinBy(run => values[run]);
        return new GroupStatistics(runs.Count, mean, Math.Sqrt(variance), values[best], best);
    }
}
