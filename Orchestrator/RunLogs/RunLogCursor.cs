using System.Globalization;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics.Database;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>A position in a run's log: a line, which need not exist. Written <c>2-153</c>: line 153 of attempt 2.</summary>
internal readonly record struct RunLogCursor(int Attempt, long Sequence)
{
    public static RunLogCursor Of(StoredLogLine line) => new(line.Attempt, line.Sequence);

    public static bool TryParse(string text, out RunLogCursor cursor)
    {
        cursor = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !int.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return false;
        }

        cursor = new RunLogCursor(attempt, sequence);
        return true;
    }

    /// <summary>Null when it is not given; an error of the query when it cannot be read.</summary>
    public static RunLogCursor? Read(QueryParameters query, string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (TryParse(text, out RunLogCursor cursor))
        {
            return cursor;
        }

        query.Refuse(name, $"not allowed: \"{Quote.Shorten(text)}\"; allowed: what \"before\" or \"after\" of an earlier answer was, such as 1-200");
        return null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempt}-{Sequence}");
}
