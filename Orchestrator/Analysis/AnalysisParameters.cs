using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Which columns of which runs are read.</summary>
internal sealed class ColumnsParameters : SortedRunsParameters
{
    /// <summary>The names of 1 to 100 hyperparameters or metrics.</summary>
    /// <example>["learningRate", "validation/accuracy"]</example>
    [Required]
    public TextList Columns { get; init; } = TextList.None;
}

/// <summary>The metric and the hyperparameters for which importance is computed.</summary>
internal sealed class ImportanceParameters : SortedRunsParameters
{
    /// <summary>The metric to explain; the sweep's objective by default.</summary>
    /// <example>"validation/accuracy"</example>
    public string? Metric { get; init; }

    /// <summary>The names of the hyperparameters to explain it with; the axes of the sweep's grids by default.</summary>
    /// <example>["model", "learningRate"]</example>
    public TextList Hyperparameters { get; init; } = TextList.None;
}

/// <summary>How much of a sweep's progress is answered.</summary>
internal sealed class ProgressParameters : QueryParameters
{
    private const int UsualPoints = 300;

    /// <summary>The maximum number of points.</summary>
    [Range(2, 10_000)]
    public int MaxPoints { get; init; } = UsualPoints;
}
