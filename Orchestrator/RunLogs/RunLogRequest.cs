using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics.Database;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Which lines of a log are requested.</summary>
internal sealed record RunLogRequest
{
    public const int DefaultLimit = 200;
    private const int LongestSearch = 200;
    private const string Escape = "\\";

    /// <summary>Null for all attempts.</summary>
    public int? Attempt { get; init; }

    /// <summary>Only lines of at least this level.</summary>
    public RunLogLevel Level { get; init; }

    /// <summary>A string contained in the message or exception, ignoring the case of letters from a to z; null for any.</summary>
    public string? Search { get; init; }

    public RunLogCursor? Before { get; init; }

    public RunLogCursor? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <exception cref="ApiException">A parameter is not valid.</exception>
    public static RunLogRequest Read(RunLogParameters query)
    {
        var request = new RunLogRequest
        {
            Attempt = query.Attempt,
            Level = query.Level,

            // Tidied like the lines before they are stored.
            Search = query.Search is { } search ? RunLogLimits.Tidy(search, int.MaxValue) : null,
            Before = RunLogCursor.Read(query, "before", query.Before),
            After = RunLogCursor.Read(query, "after", query.After),
            Limit = query.Limit,
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

    /// <summary>The matching lines of a run, at any position.</summary>
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
