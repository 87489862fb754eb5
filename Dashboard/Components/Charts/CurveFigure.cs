using System.Globalization;
using Experiments.Contracts.Metrics;
using Node = System.Collections.Generic.Dictionary<string, object>;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>A chart of curves as a Plotly figure, without its points.</summary>
internal static class CurveFigure
{
    private const string FontFamily = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif";

    /// <summary>Opacity of 255, low enough to distinguish overlapping bands.</summary>
    private const int BandOpacity = 0x2e;

    /// <summary>More bands than this are fainter, since many of them would hide the lines.</summary>
    private const int StrongBands = 8;

    private const int LeastBandOpacity = 10;

    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];

    private static readonly Node Config = new()
    {
        ["responsive"] = true,
        ["displaylogo"] = false,
        ["displayModeBar"] = false,
        ["showTips"] = false,
        ["doubleClick"] = "reset",
    };

    /// <param name="height">Pixels.</param>
    public static object Of(IReadOnlyList<ChartLine> lines, ChartAppearance look, int height)
    {
        string bandOpacity = OpacityOf(lines.Count(line => line.Part == LinePart.BandHigh));
        return new Node
        {
            ["traces"] = lines.Select(line => Trace(line, look, bandOpacity)).ToList(),
            ["layout"] = Layout(look, height),
            ["config"] = Config,
            ["needsWebGl"] = look.WebGl,
        };
    }

    private static Node Trace(ChartLine line, ChartAppearance look, string bandOpacity)
    {
        string color = RunPalette.Hex(line.Style, look.Dark);
        if (line.Part != LinePart.Curve)
        {
            return Band(line, look, color, bandOpacity);
        }

        var trace = new Node
        {
            ["type"] = look.WebGl ? "scattergl" : "scatter",
            ["meta"] = line.Key,
            ["name"] = line.Label,
            ["mode"] = look is { Markers: true, WebGl: false } ? "lines+markers" : "lines",
            ["line"] = new Node { ["color"] = color, ["width"] = line.Faded || look.IsCrowded ? 1.2 : 2, ["dash"] = Dashes[line.Style.Dash] },
            ["opacity"] = line.Faded ? 0.25 : 1,
            ["hovertemplate"] = HoverTemplate(line, look, color),
        };
        if (!look.WebGl)
        {
            trace["marker"] = new Node { ["size"] = 5, ["color"] = color };
        }

        return trace;
    }

    private static Node Band(ChartLine line, ChartAppearance look, string color, string opacity)
    {
        var trace = new Node
        {
            ["type"] = look.WebGl ? "scattergl" : "scatter",
            ["meta"] = line.Key,
            ["mode"] = "lines",
            ["line"] = new Node { ["color"] = color, ["width"] = 0 },
            ["hoverinfo"] = "skip",
        };
        if (line.Part == LinePart.BandHigh)
        {
            (trace["fill"], trace["fillcolor"]) = ("tonexty", color + opacity);
        }

        return trace;
    }

    /// <summary>Hexadecimal.</summary>
    private static string OpacityOf(int bands) =>
        Math.Clamp(BandOpacity * StrongBands / Math.Max(bands, 1), LeastBandOpacity, BandOpacity).ToString("x2", CultureInfo.InvariantCulture);

    private static Node Layout(ChartAppearance look, int height)
    {
        string grid = look.Dark ? "#262e38" : "#e9edf1";
        return new Node
        {
            ["autosize"] = true,
            ["height"] = height,
            ["margin"] = new Node { ["l"] = 64, ["r"] = 12, ["t"] = 8, ["b"] = look.View.LogX ? 52 : 40, ["pad"] = 4 },
            ["paper_bgcolor"] = "rgba(0,0,0,0)",
            ["plot_bgcolor"] = "rgba(0,0,0,0)",
            ["font"] = new Node { ["family"] = FontFamily, ["size"] = 12, ["color"] = look.Dark ? "#9aa7b6" : "#5b6673" },
            ["showlegend"] = false,
            ["hovermode"] = "closest",
            ["hoverlabel"] = new Node { ["bgcolor"] = look.Dark ? "#232b35" : "#ffffff", ["bordercolor"] = grid, ["align"] = "left", ["font"] = new Node { ["color"] = look.Dark ? "#e7ecf2" : "#1a212b" } },
            // The user's zoom survives redraws while the axes stay the same.
            ["uirevision"] = $"{look.Metric} {look.XName} {look.View.LogX} {look.LogScale} {look.Range is not null}{UnitOf(look)}",
            ["xaxis"] = XAxis(look, grid),
            ["yaxis"] = YAxis(look, grid),
        };
    }

    private static Node XAxis(ChartAppearance look, string grid)
    {
        var axis = new Node
        {
            ["title"] = new Node { ["text"] = look.XName, ["standoff"] = 8 },
            ["gridcolor"] = grid,
            ["linecolor"] = grid,
            ["zeroline"] = false,
            ["showgrid"] = false,
            ["showline"] = true,
            ["showticklabels"] = !look.IsEmpty,
            ["type"] = look.View.LogX ? "log" : "linear",
        };
        if (look.UnitTicks)
        {
            (axis["tickformat"], axis["dtick"]) = ("d", 1);
        }
        else if (look is { Unit: null, View.LogX: false })
        {
            axis["tickformat"] = ",d";
        }

        return axis;
    }

    private static Node YAxis(ChartAppearance look, string grid)
    {
        var axis = new Node
        {
            ["gridcolor"] = grid,
            ["linecolor"] = grid,
            ["zeroline"] = false,
            ["nticks"] = 7,
            ["showticklabels"] = !look.IsEmpty,
            ["type"] = look.LogScale ? "log" : "linear",
            ["exponentformat"] = "power",
            ["ticksuffix"] = UnitOf(look),
        };
        if (look.Metric is MetricNames.DeviceUtilization or MetricNames.Sparsity)
        {
            axis["tickformat"] = ".0%";
        }

        if (look.Range is { } range)
        {
            double size = look.Size?.Bytes ?? 1;
            axis["range"] = look.LogScale ? new[] { range.Low - Math.Log10(size), range.High - Math.Log10(size) } : [range.Low / size, range.High / size];
        }
        else if (look is { FlatAt: { } flat, LogScale: false } && flat != 0)
        {
            double shown = flat / (look.Size?.Bytes ?? 1);
            axis["range"] = new[] { shown * 0.5, shown * 1.5 };
        }

        return axis;
    }

    /// <summary>The unit after a value.</summary>
    private static string UnitOf(ChartAppearance look) => look.Size is { } size ? $" {size.Name}" : "";

    private static string HoverTemplate(ChartLine line, ChartAppearance look, string color)
    {
        string suffix = UnitOf(look);
        string value = look.View.IsSmoothed ? $"<b>%{{y:.4~g}}{suffix}</b> smoothed, %{{customdata:.4~g}}{suffix} measured<br>" : $"<b>%{{y:.4~g}}{suffix}</b> ";
        string place = look.Unit is null ? $"at {look.StepName} %{{x:,d}}" : $"after %{{x:.3~g}} {look.Unit.Name}";
        string details = line.Details is { Length: > 0 } ? $"<br>{line.Details}" : "";

        // Not in Plotly's box for names, which stays light on a dark page.
        return $"<span style=\"color:{color}\"><b>%{{fullData.name}}</b></span><br>{value}{place}{details}<extra></extra>";
    }
}
