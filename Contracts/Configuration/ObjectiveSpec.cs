using Experiments.Contracts.Metrics;

namespace Experiments.Contracts.Configuration;

/// <summary>The metric that a sweep optimizes, and in which direction.</summary>
public sealed record ObjectiveSpec(string Metric, Goal Goal)
{
    /// <summary>The largest accuracy on the validation images.</summary>
    public static ObjectiveSpec Default { get; } = new(Metrics.MetricNames.ValidationAccuracy, Goal.Maximize);

    /// <summary>True when <paramref name="candidate"/> beats <paramref name="incumbent"/>; a tie keeps the incumbent.</summary>
    public bool IsBetter(double candidate, double incumbent) =>
        Goal == Goal.Maximize ? candidate > incumbent : candidate < incumbent;
}
