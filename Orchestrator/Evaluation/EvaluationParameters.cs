using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>The classes of which runs are compared by what.</summary>
internal sealed class ClassComparisonParameters : QueryParameters
{
    /// <summary>The ids of 1 to 200 runs; those without an evaluation are listed in `without`.</summary>
    [Required]
    public TextList Ids { get; init; } = TextList.None;

    /// <summary>The measure to compare.</summary>
    public ClassMeasure Measure { get; init; } = ClassMeasure.F1;
}

/// <summary>The two runs whose mistakes are compared.</summary>
internal sealed class SharedMistakesParameters : QueryParameters
{
    /// <summary>The ids of two runs.</summary>
    [Required]
    public TextList Ids { get; init; } = TextList.None;

    /// <summary>How many images are listed at most.</summary>
    [Range(0, 500)]
    public int Take { get; init; } = 48;
}
