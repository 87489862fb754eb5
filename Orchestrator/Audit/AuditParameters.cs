using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Audit;

/// <summary>Which entries of the audit log.</summary>
internal sealed class AuditParameters : QueryParameters
{
    /// <summary>Only changes of this sweep and its runs.</summary>
    public string? Sweep { get; init; }

    /// <summary>Only changes of this run.</summary>
    public string? Run { get; init; }

    /// <summary>Only changes of this worker.</summary>
    public string? Worker { get; init; }

    /// <summary>Only calls of this user.</summary>
    public string? User { get; init; }

    /// <summary>How many of the newest entries are skipped.</summary>
    [Range(0, int.MaxValue)]
    public int Skip { get; init; }

    /// <summary>How many entries are answered at most.</summary>
    [Range(0, Paging.MostTake)]
    public int Take { get; init; } = Paging.DefaultTake;
}
