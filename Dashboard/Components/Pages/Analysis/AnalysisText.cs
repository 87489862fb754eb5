using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>What an analysis can be of, in words.</summary>
public static class AnalysisText
{
    /// <summary>How long a run trained, which is not a metric but worth explaining.</summary>
    public const string Duration = "duration";

    public static string Label(string metric) => metric == Duration ? "Training time (s)" : metric;

    public static Goal GoalOf(string metric, ObjectiveSpec objective) =>
        metric == objective.Metric ? objective.Goal : MetricNames.GoalOf(metric);

    public static string Value(string metric, double value) => Numbers.Metric(metric, value);

    public static string Runs(int count) => count == 1 ? "1 run" : $"{Numbers.Count(count)} runs";
}
