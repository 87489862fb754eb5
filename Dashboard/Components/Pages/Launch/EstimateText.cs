using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>An estimate in words, with an appropriate precision. Pure.</summary>
internal static class EstimateText
{
    /// <summary>How long the sweep takes: <c>about 3 h 10 min</c>; "at least" where the time of some runs is not known.</summary>
    public static string Value(SweepEstimate? estimate) => estimate switch
    {
        { Seconds: 0, UnknownRuns: 0 } => "none",
        { Seconds: { } seconds, UnknownRuns: > 0 } => $"at least {Length(seconds)}",
        { Seconds: { } seconds } => $"about {Length(seconds)}",
        _ => "–",
    };

    /// <summary>The number of workers and the basis of the estimate, or why there is none; null for neither.</summary>
    public static string? Note(SweepEstimate? estimate) => estimate switch
    {
        null or { Seconds: 0, UnknownRuns: 0 } => null,
        { Seconds: null, TrainingSeconds: > 0 } => $"{Length(estimate.TrainingSeconds)} of training; {estimate.Reason}.",
        { Seconds: null, Reason: { } reason } => $"{Capital(reason)}.",
        { UnknownRuns: > 0 } => $"{OnWorkers(estimate)}, without {Runs(estimate.UnknownRuns)} whose {(estimate.UnknownRuns == 1 ? "model was" : "models were")} not measured on this data set yet.",
        _ => $"{OnWorkers(estimate)}, from {Runs(estimate.Bases.Sum(basis => basis.MeasuredRuns))} of {Kind(estimate)}.",
    };

    /// <summary>How similar the measured runs are, for one row of the list.</summary>
    public static string Match(EstimateMatch match) => match switch
    {
        EstimateMatch.Same => "same sizes",
        EstimateMatch.OtherBatchSize => "other batch size",
        EstimateMatch.OtherImageSize => "other image size",
        EstimateMatch.OtherDevice => "other kind of device",
        _ => throw new ArgumentOutOfRangeException(nameof(match), match, "not a kind of match"),
    };

    /// <summary>Seconds of one epoch, with two significant digits.</summary>
    public static string Epoch(double seconds) =>
        seconds < 100 ? $"{seconds.ToString(seconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} s" : Length(seconds);

    private static string OnWorkers(SweepEstimate estimate) => $"On {estimate.Workers} {(estimate.Workers == 1 ? "worker" : "workers")}";

    private static string Kind(SweepEstimate estimate) =>
        estimate.Bases.All(basis => basis.Match == EstimateMatch.Same) ? "the same kind" : "a similar kind";

    private static string Runs(int count) => $"{Numbers.Count(count)} {(count == 1 ? "run" : "runs")}";

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Length(double seconds)
    {
        TimeSpan length = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(36_500).TotalSeconds));
        double minutes = Math.Round(length.TotalMinutes);
        double tens = Math.Round(length.TotalMinutes / 10) * 10;
        return string.Create(CultureInfo.InvariantCulture, $"{length switch
        {
            { TotalSeconds: < 10 } => "10 s",
            { TotalSeconds: < 55 } => $"{Math.Round(seconds / 5) * 5} s",
            _ when minutes < 60 => $"{minutes} min",
            _ when tens < 24 * 60 => tens % 60 == 0 ? $"{tens / 60} h" : $"{Math.Floor(tens / 60)} h {tens % 60} min",
            _ => $"{Math.Floor(length.TotalHours / 24)} d {Math.Floor(length.TotalHours % 24)} h",
        }}");
    }
}
