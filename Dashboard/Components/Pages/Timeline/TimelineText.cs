using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>Attempts in words.</summary>
public static class TimelineText
{
    private const int LongestWorker = 26;

    public static string Outcome(AttemptOutcome? outcome) => outcome switch
    {
        null => "running",
        AttemptOutcome.HandedBack => "handed back",
        { } ended => ended.ToString().ToLowerInvariant(),
    };

    /// <summary>Which epochs an attempt went through.</summary>
    public static string Epochs(SweepAttempts attempts, int attempt) => (attempts.FirstEpochs[attempt], attempts.LastEpochs[attempt]) switch
    {
        var (first, last) when last <= first => "no epoch finished",
        var (first, last) when last == first + 1 => $"epoch {last}",
        var (first, last) => $"epochs {first + 1}–{last}",
    };

    /// <summary>A worker beside its bars: the end of its name tells it apart.</summary>
    public static string Worker(AttemptWorker worker) =>
        worker.Id.Length <= LongestWorker ? worker.Id : string.Concat("…", worker.Id.AsSpan(worker.Id.Length - LongestWorker + 1));

    /// <summary>What a bar says when pointed at.</summary>
    public static string Describe(SweepAttempts attempts, TimelineBar bar)
    {
        string worker = Escape(attempts.Workers[bar.Worker].Id);
        string when = $"{Times.Full(bar.Start)} – {(bar.Outcome is null ? "now" : Until(bar))} UTC, {Times.Length(bar.End - bar.Start)}";
        if (bar.Count > 1)
        {
            return $"<b>{Numbers.Count(bar.Count)} attempts</b>, {Outcome(bar.Outcome)}<br>{worker}<br>{when}<br>zoom in to tell them apart";
        }

        string ending = attempts.Failures[bar.Attempt] is { } failure ? $"{Outcome(bar.Outcome)}: {FailureText.Title(failure)}" : Outcome(bar.Outcome);
        return $"<b>#{attempts.Cells[bar.Attempt]}</b>, attempt {attempts.Attempts[bar.Attempt]}<br>{worker}<br>{Epochs(attempts, bar.Attempt)}<br>{when}<br>{ending}";
    }

    private static string Until(TimelineBar bar) => Times.Date(bar.End) == Times.Date(bar.Start) ? Times.Clock(bar.End) : Times.Full(bar.End);

    // Plotly reads tags; ids of workers come from elsewhere.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}
