using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;

namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>How runs of a sweep are grouped.</summary>
internal sealed class GroupParameters : RunSelectionParameters
{
    private const int UsualPoints = 300;

    /// <summary>The names of up to 8 hyperparameters; without any, all runs are one group.</summary>
    /// <example>["model", "learningRate"]</example>
    public TextList By { get; init; } = TextList.None;

    /// <summary>The metric of which each group has mean, deviation and best; the sweep's objective by default.</summary>
    /// <example>"validation/accuracy"</example>
    public string? Metric { get; init; }

    /// <summary>`mean`, `best`, `deviation`, `runs`, or one of the hyperparameters of `by`; with `-` in front descending. The best mean first by default.</summary>
    /// <example>"-best"</example>
    public string? Sort { get; init; }

    /// <summary>How many groups are left out at the beginning.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>How many groups are answered at most.</summary>
    [Range(0, Paging.MostTake)]
    public int Take { get; init; } = Paging.DefaultTake;

    /// <summary>A metric: each group then has its mean and deviation at each step.</summary>
    /// <example>"validation/loss"</example>
    public string? Curve { get; init; }

    /// <summary>The maximum number of points per curve.</summary>
    [Range(1, 1_000)]
    public int MaxPoints { get; init; } = UsualPoints;
}
