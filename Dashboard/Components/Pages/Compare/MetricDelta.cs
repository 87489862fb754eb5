using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>What a difference to the baseline means.</summary>
public enum Verdict
{
    Better,
    Worse,

    /// <summary>Equal, or of a metric without a better direction.</summary>
    Neutral,
}

/// <summary>A difference to the baseline, shown by sign, arrow and fill, not by color alone.</summary>
/// <param name="Text">With its sign.</param>
public sealed record MetricDelta(double Difference, Verdict Verdict, string Text)
{
    /// <summary>Filled for better, hollow for worse; up for more, down for less.</summary>
    public string Arrow => (Verdict, Difference > 0) switch
    {
        (Verdict.Better, true) => "▲",
        (Verdict.Better, false) => "▼",
        (Verdict.Worse, true) => "△",
        (Verdict.Worse, false) => "▽",
        _ => "",
    };

    public string CssClass => Verdict switch
    {
        Verdict.Better => "delta is-better",
        Verdict.Worse => "delta is-worse",
        _ => "delta",
    };

    /// <summary>For screen readers and on hover.</summary>
    public string Explanation => Verdict switch
    {
        Verdict.Better => $"{Text}, better than the baseline",
        Verdict.Worse => $"{Text}, worse than the baseline",
        _ => Difference == 0 ? "the same as the baseline" : $"{Text} to the baseline",
    };

    /// <returns>Null if a value is missing.</returns>
    public static MetricDelta? Of(string metric, double? value, double? baseline) =>
        Of(metric, value, baseline, metric == MetricNames.LearningRate ? null : MetricNames.GoalOf(metric));

    /// <summary>For a share such as F1, where more is better.</summary>
    public static MetricDelta? OfShare(double? value, double? baseline) =>
        Of("accuracy", value, baseline, Goal.Maximize);

    private static MetricDelta? Of(string metric, double? value, double? baseline, Goal? goal)
    {
        if (value is not { } own || baseline is not { } other || !double.IsFinite(own) || !double.IsFinite(other))
        {
            return null;
        }

        double difference = own - other;
        Verdict verdict = difference == 0 || goal is null ? Verdict.Neutral
            : difference > 0 == (goal == Goal.Maximize) ? Verdict.Better : Verdict.Worse;
        string sign = difference switch { > 0 => "+", < 0 => "−", _ => "±" };
        return new MetricDelta(difference, verdict, sign + Numbers.Distance(metric, difference, own));
    }
}
