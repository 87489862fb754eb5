using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>Lays attempts out as bars, merging those that are too short to distinguish. Pure.</summary>
public static class TimelineBars
{
    /// <summary>The approximate width of a window in pixels: shorter bars are merged with their neighbors.</summary>
    private const int Steps = 1_000;

    /// <summary>The time range of all attempts; null before the first.</summary>
    public static TimeWindow? WholeOf(SweepAttempts attempts, DateTimeOffset now)
    {
        if (attempts.Runs.Count == 0)
        {
            return null;
        }

        DateTimeOffset start = attempts.StartedAt[0];
        DateTimeOffset end = attempts.EndedAt.Max(time => time ?? now);
        return new TimeWindow(start, end > start ? end : start + TimeSpan.FromSeconds(1));
    }

    /// <summary>The bars in a window and in as much time on both sides, ordered by start.</summary>
    public static IReadOnlyList<TimelineBar> Of(SweepAttempts attempts, TimeWindow window, DateTimeOffset now)
    {
        TimeWindow drawn = window.Wider(window.Length);
        TimeSpan step = window.Length / Steps;
        var bars = new List<TimelineBar>();
        var newest = new Dictionary<(int Worker, AttemptOutcome? Outcome), int>();
        for (int attempt = 0; attempt < attempts.Runs.Count; attempt++)
        {
            var bar = new TimelineBar(
                attempts.WorkerIndexes[attempt], attempts.StartedAt[attempt], attempts.EndedAt[attempt] ?? Later(now, attempts.StartedAt[attempt]), attempts.Outcomes[attempt], attempt, 1);
            if (!drawn.Touches(bar.Start, bar.End))
            {
                continue;
            }

            if (newest.TryGetValue((bar.Worker, bar.Outcome), out int place) && Join(bars[place], bar, step) is { } joined)
            {
                bars[place] = joined;
                continue;
            }

            newest[(bar.Worker, bar.Outcome)] = bars.Count;
            bars.Add(bar);
        }

        return bars;
    }

    private static DateTimeOffset Later(DateTimeOffset first, DateTimeOffset second) => first > second ? first : second;

    /// <summary>Merges two bars if both are too short to see and the gap between them is, too.</summary>
    private static TimelineBar? Join(TimelineBar before, TimelineBar next, TimeSpan step)
    {
        bool isShort = (before.Count > 1 || before.End - before.Start < step) && next.End - next.Start < step;
        return isShort && next.Start - before.End < step
            ? before with { End = Later(next.End, before.End), Count = before.Count + 1 }
            : null;
    }
}
