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

    /// <summary>The epochs of an attempt.</summary>
    public static string Epochs(SweepAttempts attempts, int attempt) => (attempts.FirstEpochs[attempt], attempts.LastEpochs[attempt]) switch
    {
        var (first, last) when last <= first => "no epoch finished",
        var (first, last) when last == first + 1 => $"epoch {last}",
        var (first, last) => $"epochs {first + 1}–{last}",
    };

    /// <summary>The label of a worker: the end of its name distinguishes it.</summary>
    public static string Worker(AttemptWorker worker) =>
        worker.Id.Length <= LongestWorker ? worker.Id : string.Concat("…", worker.Id.AsSpan(worker.Id.Length - LongestWorker + 1));

    /// <summary>The text on hover over a bar.</summary>
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

    // Plotly interprets tags, and worker ids are not trusted.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}
