using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>New points of one line.</summary>
/// <param name="Index">The line's place in the chart.</param>
public sealed record LineExtension(int Index, IReadOnlyList<SeriesPoint> Points);

/// <summary>What to do so that a chart shows what it should.</summary>
/// <param name="Redraw">True to draw all of it anew; otherwise the extensions suffice.</param>
public sealed record ChartStep(bool Redraw, IReadOnlyList<LineExtension> Extensions)
{
    public static ChartStep All { get; } = new(true, []);
}

/// <summary>Remembers what a chart shows, so that live points travel to the browser once and alone.</summary>
public sealed class ChartDrawing
{
    private List<Drawn> _drawn = [];
    private object? _appearance;

    /// <summary>Takes note that the chart will show <paramref name="lines"/>, and says how to get there.</summary>
    /// <param name="appearance">Everything else that the drawing depends on; compared by value.</param>
    public ChartStep Advance(IReadOnlyList<ChartLine> lines, object appearance)
    {
        var next = lines.Select(line => new Drawn(line.Key, line.Style, line.Faded, line.Label, line.Curve.Revision, line.Curve.Points.Count)).ToList();
        bool extends = Equals(appearance, _appearance)
            && next.Count == _drawn.Count
            && next.Zip(_drawn).All(pair => pair.First.Extends(pair.Second));
        ChartStep step = extends ? new ChartStep(false, [.. Extensions(lines)]) : ChartStep.All;
        _drawn = next;
        _appearance = appearance;
        return step;
    }

    private IEnumerable<LineExtension> Extensions(IReadOnlyList<ChartLine> lines)
    {
        foreach ((int index, ChartLine line) in lines.Index())
        {
            if (line.Curve.Points.Count > _drawn[index].Count)
            {
                yield return new LineExtension(index, [.. line.Curve.Points.Skip(_drawn[index].Count)]);
            }
        }
    }

    private sealed record Drawn(string Key, RunStyle Style, bool Faded, string Label, int Revision, int Count)
    {
        public bool Extends(Drawn earlier) =>
            earlier with { Count = Count } == this && Count >= earlier.Count;
    }
}
