using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>A page of the runs of a sweep.</summary>
internal sealed class RunListParameters : SortedRunsParameters
{
    /// <summary>How many runs are left out at the beginning.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>How many runs are answered at most.</summary>
    [Range(0, Paging.MostTake)]
    public int Take { get; init; } = Paging.DefaultTake;
}

/// <summary>All runs of a sweep, unless asked otherwise.</summary>
internal sealed class RunExportParameters : SortedRunsParameters
{
    /// <summary>How many runs are left out at the beginning.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>How many runs are written at most; all by default.</summary>
    [Range(0, int.MaxValue)]
    public int? Take { get; init; }
}
