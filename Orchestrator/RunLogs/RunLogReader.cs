using System.Runtime.CompilerServices;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics.Database;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Reads logs: a page at a time, forwards or backwards from a line, or all of one.</summary>
public sealed class RunLogReader(IDbContextFactory<MetricsContext> contexts)
{
    private const int LinesTogether = 1_000;

    internal async Task<RunLogPage> ReadAsync(string runId, RunLogRequest request, CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredLogLine> matching = request.Of(db.LogLines.AsNoTracking(), runId);
        RunLogPage page = request.After is { } after
            ? await ReadAfterAsync(matching, after, request.Limit, cancellationToken)
            : await ReadBeforeAsync(matching, request.Before, request.Limit, cancellationToken);
        return page with { Total = await matching.CountAsync(cancellationToken) };
    }

    /// <summary>All lines that meet the conditions, the oldest first; a few at a time, so that a long log needs no memory.</summary>
    internal async IAsyncEnumerable<RunLogEntry> ReadAllAsync(string runId, RunLogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<StoredLogLine> matching = request.Of(db.LogLines.AsNoTracking(), runId);
        var after = new RunLogCursor(0, 0);
        while (true)
        {
            RunLogPage page = await ReadAfterAsync(matching, after, LinesTogether, cancellationToken);
            foreach (RunLogEntry line in page.Lines)
            {
                yield return line;
            }

            if (page.IsEnd)
            {
                yield break;
            }

            RunLogEntry last = page.Lines[^1];
            after = new RunLogCursor(last.Attempt, last.Sequence);
        }
    }

    private static async Task<RunLogPage> ReadAfterAsync(IQueryable<StoredLogLine> matching, RunLogCursor after, int limit, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there are more.
        List<StoredLogLine> next = await matching
            .Where(line => line.Attempt > after.Attempt || (line.Attempt == after.Attempt && line.Sequence > after.Sequence))
            .OrderBy(line => line.Attempt).ThenBy(line => line.Sequence)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        return Page(next.Take(limit), after, hasEarlier: true, isEnd: next.Count <= limit);
    }

    private static async Task<RunLogPage> ReadBeforeAsync(IQueryable<StoredLogLine> matching, RunLogCursor? before, int limit, CancellationToken cancellationToken)
    {
        IQueryable<StoredLogLine> earlier = before is { } end
            ? matching.Where(line => line.Attempt < end.Attempt || (line.Attempt == end.Attempt && line.Sequence < end.Sequence))
            : matching;
        List<StoredLogLine> last = await earlier
            .OrderByDescending(line => line.Attempt).ThenByDescending(line => line.Sequence)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        return Page(last.Take(limit).Reverse(), before, hasEarlier: last.Count > limit, isEnd: before is null);
    }

    /// <param name="asked">Where the page was asked to end or begin.</param>
    private static RunLogPage Page(IEnumerable<StoredLogLine> found, RunLogCursor? asked, bool hasEarlier, bool isEnd)
    {
        StoredLogLine[] lines = [.. found];
        return new RunLogPage
        {
            Lines = [.. lines.Select(line => new RunLogEntry(line.Attempt, line.Sequence, line.Time, line.Level, line.Message, line.Detail))],
            Before = !hasEarlier ? null : lines.Length > 0 ? RunLogCursor.Of(lines[0]).ToString() : asked?.ToString(),
            After = lines.Length > 0 ? RunLogCursor.Of(lines[^1]).ToString() : asked?.ToString(),
            IsEnd = isEnd,
        };
    }
}
