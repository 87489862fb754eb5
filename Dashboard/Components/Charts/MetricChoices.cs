using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The metrics that a page offers, the most relevant first.</summary>
public static class MetricChoices
{
    private static readonly string[] First =
    [
        MetricNames.ValidationAccuracy, MetricNames.ValidationLoss, MetricNames.TrainAccuracy, MetricNames.TrainLoss,
        MetricNames.TestAccuracy, MetricNames.TestLoss, MetricNames.LearningRate,
    ];

    /// <summary>The per-epoch metrics of the runs, and default ones while there are none yet.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<RunView> runs) =>
        Sort([.. MetricNames.Objectives, .. runs.SelectMany(run => run.Summary.Keys).Where(name => !MetricNames.IsPerIteration(name))]);

    /// <summary>Without duplicates, ordered by relevance.</summary>
    public static IReadOnlyList<string> Sort(IEnumerable<string> names) =>
        [.. names.Distinct().OrderBy(Rank).ThenBy(name => name, StringComparer.Ordinal)];

    private static int Rank(string name) => Array.IndexOf(First, name) is var index and >= 0 ? index : First.Length;
}
