using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>How much of a search is answered.</summary>
internal sealed class SearchParameters : QueryParameters
{
    /// <summary>The number of decisions, the latest ones; all by default.</summary>
    /// <example>50</example>
    [Range(0, int.MaxValue)]
    public int? Decisions { get; init; }
}

/// <summary>How many runs of each rung are answered.</summary>
internal sealed class SearchRungsParameters : QueryParameters
{
    private const int UsualPoints = 400;

    /// <summary>The maximum number of runs per rung; of more, some of each rank.</summary>
    [Range(1, 10_000)]
    public int MaxPoints { get; init; } = UsualPoints;
}
