using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Turns the curves of groups into lines: the mean, and a band of one deviation to both sides, in the group's color. Pure.</summary>
public static class GroupLines
{
    /// <summary>The key of the group's line and of its row in the table.</summary>
    public static string KeyOf(RunGroup group) => FormattableString.Invariant($"group-{group.Number}");

    public static RunStyle StyleOf(RunGroup group) => RunPalette.Of(group.Number);

    /// <param name="reading">A new number for each response.</param>
    public static IReadOnlyList<ChartLine> Of(RunGroups groups, int reading) =>
    [
        .. groups.Items.Where(group => group.Curve is { Count: > 0 }).SelectMany(group => BandOf(group, reading)),
        .. groups.Items.Where(group => group.Curve is { Count: > 0 }).Select(group => new ChartLine(
            KeyOf(group), TitleOf(groups.By, group), StyleOf(group), CurveOf(group, reading, (mean, _) => mean), Details: DetailsOf(group))),
    ];

    private static IEnumerable<ChartLine> BandOf(RunGroup group, int reading) =>
    [
        new($"{KeyOf(group)}-low", "", StyleOf(group), CurveOf(group, reading, (mean, deviation) => mean - deviation)) { Part = LinePart.BandLow },
        new($"{KeyOf(group)}-high", "", StyleOf(group), CurveOf(group, reading, (mean, deviation) => mean + deviation)) { Part = LinePart.BandHigh },
    ];

    private static Curve CurveOf(RunGroup group, int reading, Func<double, double, double> value) =>
        new(group.Curve!.Select(point => new SeriesPoint(point.Step, value(point.Mean, point.Deviation ?? 0), default)), reading);

    private static string TitleOf(IReadOnlyList<string> by, RunGroup group) =>
        HoverDetails.Escape(string.Join(" · ", by.Select(key => $"{RunText.Label(key)} {RunText.Value(key, group.Values[key])}")));

    private static string DetailsOf(RunGroup group) =>
        $"mean of {Numbers.Count(group.Curve!.Max(point => point.Runs))} {(group.Counts.Total == 1 ? "run" : "runs")}";
}
