using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics.Database;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Which lines of a log are asked for.</summary>
internal sealed record RunLogRequest
{
    public const int DefaultLimit = 200;
    public const int MostLimit = 2_000;

    private const int LongestSearch = 200;
    private const string Escape = "\\";

    /// <summary>Null for all attempts.</summary>
    public int? Attempt { get; init; }

    /// <summary>Only lines that matter at least so much.</summary>
    public RunLogLevel Level { get; init; }

    /// <summary>What message or exception contain, letters from a to z in either case; null for anything.</summary>
    public string? Search { get; init; }

    public RunLogCursor? Before { get; init; }

    public RunLogCursor? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <exception cref="ApiException">Something of it cannot be.</exception>
    public static RunLogRequest Read(IQueryCollection values)
    {
        var query = new Query(values);
        var request = new RunLogRequest
        {
            Attempt = query.Integer("attempt", 1, int.MaxValue),
            Level = query.Choice<RunLogLevel>("level") ?? RunLogLevel.Information,

            // As lines are tidied before they are stored.
            Search = query.Text("search") is { } search ? RunLogLimits.Tidy(search, int.MaxValue) : null,
            Before = RunLogCursor.Read(query, "before"),
            After = RunLogCursor.Read(query, "after"),
            Limit = query.Integer("limit", 1, MostLimit) ?? DefaultLimit,
        };
        if (request.Search?.Length > LongestSearch)
        {
            query.Refuse("search", $"{request.Search.Length} characters; allowed: at most {LongestSearch}");
        }

        if (request.Before is not null && request.After is not null)
        {
            query.Refuse("after", "given together with before; allowed: one of them");
        }

        query.ThrowIfInvalid();
        return request;
    }

    /// <summary>The lines of a run that meet the conditions, wherever they are.</summary>
    public IQueryable<StoredLogLine> Of(IQueryable<StoredLogLine> lines, string runId)
    {
        IQueryable<StoredLogLine> found = lines.Where(line => line.RunId == runId);
        if (Attempt is { } attempt)
        {
            found = found.Where(line => line.Attempt == attempt);
        }

        if (Level > RunLogLevel.Information)
        {
            RunLogLevel level = Level;
            found = found.Where(line => line.Level >= level);
        }

        if (Search is { } search)
        {
            string pattern = $"%{search.Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            found = found.Where(line => EF.Functions.Like(line.Message, pattern, Escape) || EF.Functions.Like(line.Detail!, pattern, Escape));
        }

        return found;
    }
}
