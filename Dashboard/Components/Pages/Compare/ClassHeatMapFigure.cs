using System.Globalization;
using Experiments.Contracts.Api;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using PlotlyLayout = Plotly.Blazor.Layout;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Draws classes by runs: differences to the baseline from orange (worse) to blue (better), or the values without a baseline.</summary>
internal static class ClassHeatMapFigure
{
    public const int MostNamed = 100;

    private const double LeastRange = 0.05;
    private const int MostLabels = 40;

    public static ITrace Trace(ClassComparison comparison, IReadOnlyList<ClassRow> rows, IReadOnlyList<ComparedRun> runs, string baselineId, bool dark)
    {
        int baseline = comparison.Runs.Index().Where(run => run.Item.RunId == baselineId).Select(run => run.Index).FirstOrDefault(-1);
        double?[][] values = [.. rows.Select(row => row.Values.Select(value => baseline < 0 ? value : value - row.Values[baseline]).ToArray())];
        double range = Math.Max(LeastRange, values.SelectMany(row => row).OfType<double>().Select(Math.Abs).DefaultIfEmpty(0).Max());
        var titles = runs.ToDictionary(run => run.Id, run => run.Title);
        return new HeatMap
        {
            Z = [.. values.Select(row => (object)row.Select(value => (object?)value).ToArray())],
            Y = [.. rows.Select(row => (object)row.Class)],
            HoverText = [.. rows.Select(row => (object)comparison.Runs.Select((run, place) => Describe(titles[run.RunId], row, place, baseline)).ToArray())],
            HoverTemplate = "%{hovertext}<extra></extra>",
            ZMin = baseline < 0 ? 0m : (decimal)-range,
            ZMax = baseline < 0 ? 1m : (decimal)range,
            ColorScale = baseline < 0 ? Sequential(dark) : Diverging(dark),
            ColorBar = new Plotly.Blazor.Traces.HeatMapLib.ColorBar { Thickness = 10, OutlineWidth = 0, Title = new Plotly.Blazor.Traces.HeatMapLib.ColorBarLib.Title { Text = $"{(baseline < 0 ? "" : "Δ ")}{ClassTable.Label(comparison.Measure)}" } },
        };
    }

    /// <param name="runs">In the order of the comparison.</param>
    public static PlotlyLayout Layout(IReadOnlyList<ComparedRun> runs, string baselineId, int classes, int height, bool dark) => new()
    {
        AutoSize = true,
        Height = height,
        Margin = new Margin { L = 120, R = 8, T = 8, B = 64 },
        PaperBgColor = "rgba(0,0,0,0)",
        PlotBgColor = "rgba(0,0,0,0)",
        Font = new Font { Family = "system-ui, -apple-system, 'Segoe UI', sans-serif", Size = 11, Color = dark ? "#9aa7b6" : "#5b6673" },
        HoverLabel = new HoverLabel { BgColor = dark ? "#232b35" : "#ffffff", Align = Plotly.Blazor.LayoutLib.HoverLabelLib.AlignEnum.Left },
        XAxis =
        [
            new XAxis
            {
                Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = "run" },
                TickMode = Plotly.Blazor.LayoutLib.XAxisLib.TickModeEnum.Array,
                TickVals = [.. Labelled(runs.Count).Select(place => (object)place)],
                TickText = [.. Labelled(runs.Count).Select(place => (object)Label(runs[place], baselineId))],
                ShowGrid = false,
                ZeroLine = false,
            },
        ],
        YAxis = [new YAxis { Title = new Plotly.Blazor.LayoutLib.YAxisLib.Title { Text = "class" }, DTick = classes <= MostNamed ? 1 : null, Type = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Category, AutoRange = Plotly.Blazor.LayoutLib.YAxisLib.AutoRangeEnum.Reversed, ShowGrid = false, ZeroLine = false, AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True }],
    };

    /// <summary>The indices of labeled runs: all while there is room.</summary>
    private static IEnumerable<int> Labelled(int runs)
    {
        int step = (runs + MostLabels - 1) / MostLabels;
        return Enumerable.Range(0, runs).Where(place => place % step == 0);
    }

    private static string Label(ComparedRun run, string baselineId) => run.Id == baselineId ? $"<b>#{run.Run.Cell}</b>" : $"#{run.Run.Cell}";

    private static string Describe(string title, ClassRow row, int place, int baseline)
    {
        string value = row.Values[place]?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "–";
        string delta = baseline >= 0 && baseline != place && MetricDelta.OfShare(row.Values[place], row.Values[baseline]) is { } difference ? $" ({difference.Text})" : "";
        return $"<b>{System.Net.WebUtility.HtmlEncode(row.Class)}</b>: {value}{delta}<br>{System.Net.WebUtility.HtmlEncode(title)}";
    }

    private static object[] Diverging(bool dark) => dark
        ? [new object[] { 0, "#e08a3c" }, new object[] { 0.5, "#1d252e" }, new object[] { 1, "#55a9f5" }]
        : [new object[] { 0, "#b85c00" }, new object[] { 0.5, "#f4f5f7" }, new object[] { 1, "#1f5fbf" }];

    private static object[] Sequential(bool dark) => dark
        ? [new object[] { 0, "#1d252e" }, new object[] { 1, "#55a9f5" }]
        : [new object[] { 0, "#f4f5f7" }, new object[] { 1, "#1f5fbf" }];
}
