using System.ComponentModel.DataAnnotations;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Which lines of a log are requested; `before`, `after` and `limit` have no effect on the text file, which has all lines.</summary>
internal sealed class RunLogParameters : QueryParameters
{
    /// <summary>Only lines of this attempt.</summary>
    [Range(1, int.MaxValue)]
    public int? Attempt { get; init; }

    /// <summary>Only lines of at least this level.</summary>
    public RunLogLevel Level { get; init; } = RunLogLevel.Information;

    /// <summary>A string of at most 200 characters that occurs in the message or exception, ignoring the case of letters from a to z.</summary>
    /// <example>"out of memory"</example>
    public string? Search { get; init; }

    /// <summary>Only lines before this position, which an earlier answer gave as `before`; not together with `after`.</summary>
    /// <example>"1-200"</example>
    public string? Before { get; init; }

    /// <summary>Only lines after this position, which an earlier answer gave as `after`.</summary>
    /// <example>"2-153"</example>
    public string? After { get; init; }

    /// <summary>How many lines are answered at most.</summary>
    [Range(1, 2_000)]
    public int Limit { get; init; } = RunLogRequest.DefaultLimit;
}
