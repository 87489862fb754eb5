using System.ComponentModel.DataAnnotations;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Which sweeps a request lists, and in what order.</summary>
internal sealed class SweepListParameters : QueryParameters
{
    /// <summary>Only sweeps with this status.</summary>
    /// <example>"running"</example>
    public SweepStatus? Status { get; init; }

    /// <summary>Only sweeps with this tag.</summary>
    /// <example>"demo"</example>
    public string? Tag { get; init; }

    /// <summary>Words that all occur in the name, tags, notes or data set of a sweep, ignoring case.</summary>
    /// <example>"digits baseline"</example>
    public string? Q { get; init; }

    /// <summary>True for only archived sweeps, false for only the others; both by default.</summary>
    public bool? Archived { get; init; }

    /// <summary>
    /// `name`, `status`, `runs`, `progress`, `best`, `finishedAt` or `createdAt`; with `-` in front descending. The newest first by default; sweeps
    /// without a value come last.
    /// </summary>
    /// <example>"-best"</example>
    public string? Sort { get; init; }

    /// <summary>How many sweeps are left out at the beginning.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>How many sweeps are answered at most.</summary>
    [Range(0, Paging.MostTake)]
    public int Take { get; init; } = Paging.DefaultTake;
}
