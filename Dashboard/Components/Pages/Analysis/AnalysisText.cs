using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The texts of an analysis.</summary>
public static class AnalysisText
{
    /// <summary>The training time: not a metric, but it can be analyzed like one.</summary>
    public const string Duration = "duration";

    public static string Label(string metric) => metric == Duration ? "Training time (s)" : metric;

    public static Goal GoalOf(string metric, ObjectiveSpec objective) =>
        metric == objective.Metric ? objective.Goal : MetricNames.GoalOf(metric);

    public static string Value(string metric, double value) => Numbers.Metric(metric, value);

    public static string Runs(int count) => count == 1 ? "1 run" : $"{Numbers.Count(count)} runs";
}
