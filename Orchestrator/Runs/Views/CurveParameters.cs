using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>How much of curves is sent.</summary>
internal abstract class CurveParameters : QueryParameters
{
    /// <summary>The maximum number of points per curve; longer ones are thinned and keep their extremes. All points unless there is a default.</summary>
    /// <example>500</example>
    [Range(1, 1_000_000)]
    public int? MaxPoints { get; init; }

    /// <summary>Whether points include the attempt that measured them.</summary>
    public bool Attempts { get; init; }
}

/// <summary>Curves of one run.</summary>
internal sealed class RunMetricsParameters : CurveParameters
{
    /// <summary>The names of metrics; all by default.</summary>
    /// <example>["validation/accuracy"]</example>
    public TextList Name { get; init; } = TextList.None;
}

/// <summary>One metric of many runs.</summary>
internal sealed class RunCurvesParameters : CurveParameters
{
    /// <summary>Short enough to be drawn next to a run in a table.</summary>
    private const int DefaultPoints = 32;

    public RunCurvesParameters() => MaxPoints = DefaultPoints;

    /// <summary>The ids of 1 to 200 of the sweep's runs.</summary>
    [Required]
    public TextList Ids { get; init; } = TextList.None;

    /// <summary>The name of a metric; the sweep's objective by default.</summary>
    /// <example>"validation/accuracy"</example>
    public string? Metric { get; init; }

    /// <summary>Whether points include their time.</summary>
    public bool Times { get; init; } = true;
}

/// <summary>Which runs to compare, and how much of their curves to send.</summary>
internal sealed class ComparisonParameters : CurveParameters
{
    /// <summary>The ids of 1 to 200 runs.</summary>
    [Required]
    public TextList Ids { get; init; } = TextList.None;

    /// <summary>The names of metrics; all by default. One that no run has, such as `-`, for no curves.</summary>
    /// <example>["validation/accuracy"]</example>
    public TextList Metrics { get; init; } = TextList.None;

    /// <summary>Whether missing runs are listed in `missing` rather than refused.</summary>
    public bool SkipMissing { get; init; }

    /// <summary>Whether points include their time.</summary>
    public bool Times { get; init; } = true;
}
