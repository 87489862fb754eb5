namespace Experiments.Dashboard.Components.Charts;

/// <summary>Points of one line that the browser lacks.</summary>
/// <param name="Index">The index of the line in the chart.</param>
/// <param name="From">The index of the first; 0 replaces all points of the line.</param>
public sealed record LineUpdate(int Index, int From);

/// <summary>The update that brings a chart up to date.</summary>
/// <param name="Restyle">True when more than the points changed.</param>
public sealed record ChartStep(bool Restyle, IReadOnlyList<LineUpdate> Updates)
{
    public bool IsNeeded => Restyle || Updates.Count > 0;
}

/// <summary>
/// Remembers which points the browser has, so that each is sent once: only live points, and none when the selection or the theme changes or
/// lines are reordered.
/// </summary>
public sealed class ChartDrawing
{
    private IReadOnlyList<Drawn> _drawn = [];
    private Dictionary<string, Drawn> _byKey = [];
    private ChartAppearance? _look;

    /// <summary>Returns the update from the shown lines to <paramref name="lines"/>, and counts it as done.</summary>
    public ChartStep Advance(IReadOnlyList<ChartLine> lines, ChartAppearance look)
    {
        bool samePoints = look.PointsKey.Equals(_look?.PointsKey);
        IReadOnlyList<Drawn> next = [.. lines.Select(Drawn.Of)];
        var step = new ChartStep(
            look != _look || !next.Select(line => line.Look).SequenceEqual(_drawn.Select(line => line.Look)),
            [.. UpdatesTo(next, samePoints)]);
        (_drawn, _look) = (next, look);
        _byKey = next.ToDictionary(line => line.Look.Key);
        return step;
    }

    private IEnumerable<LineUpdate> UpdatesTo(IReadOnlyList<Drawn> next, bool samePoints)
    {
        foreach ((int index, Drawn line) in next.Index())
        {
            bool isKnown = samePoints && _byKey.TryGetValue(line.Look.Key, out Drawn? before) && line.Extends(before);
            int from = isKnown ? _byKey[line.Look.Key].Count : 0;
            if (!isKnown || from < line.Count)
            {
                yield return new LineUpdate(index, from);
            }
        }
    }

    private sealed record Look(string Key, RunStyle Style, bool Faded, string Label, string? Details, LinePart Part);

    private sealed record Drawn(Look Look, DateTimeOffset? Start, int Revision, int Count)
    {
        public static Drawn Of(ChartLine line) =>
            new(new Look(line.Key, line.Style, line.Faded, line.Label, line.Details, line.Part), line.Start, line.Curve.Revision, line.Curve.Points.Count);

        public bool Extends(Drawn earlier) => (Start, Revision) == (earlier.Start, earlier.Revision) && Count >= earlier.Count;
    }
}
