using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>A line of a run's log.</summary>
/// <param name="Sequence">The number of the line within its attempt, from 1.</param>
/// <param name="Detail">The exception that was logged with it; null without one.</param>
public sealed record RunLogEntry(int Attempt, long Sequence, DateTimeOffset Time, RunLogLevel Level, string Message, string? Detail);

/// <summary>A part of a run's log, its oldest line first: attempt by attempt, each in the order in which it was written.</summary>
public sealed record RunLogPage
{
    /// <summary>Oldest first; at most as many as the request's <c>limit</c>.</summary>
    public required IReadOnlyList<RunLogEntry> Lines { get; init; }

    /// <summary>Pass it as <c>before</c> for the lines before these; null when there are none.</summary>
    public string? Before { get; init; }

    /// <summary>Pass it as <c>after</c> for the lines after these, including lines that are yet to be written; null while the log is empty.</summary>
    public string? After { get; init; }

    /// <summary>True when these are the newest lines.</summary>
    public bool IsEnd { get; init; }

    /// <summary>How many lines of the whole log match the filter.</summary>
    public int Total { get; init; }
}
