using System.Runtime.InteropServices;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// Points on their way to the browser, which takes them as they are: as text, two hundred curves of a thousand points took it and us seconds.
/// </summary>
/// <param name="Lines">Whose they are, in order.</param>
/// <param name="Bytes">
/// For each line its xs, unless they are those of the line before it, then its ys, and where those are smoothed what was measured: 64-bit floats, little-endian
/// as browsers are everywhere.
/// </param>
internal sealed record CurvePoints(IReadOnlyList<CurvePoints.Part> Lines, byte[] Bytes)
{
    /// <param name="Key">See <see cref="ChartLine.Key"/>.</param>
    /// <param name="Append">False when they replace all that are there.</param>
    /// <param name="SameX">Its xs are those of the line before it, as with runs of equal length: half of what has to travel.</param>
    /// <param name="WithMeasured">Whether measured values come beside smoothed ones.</param>
    public sealed record Part(string Key, bool Append, int Count, bool SameX, bool WithMeasured = false);

    public static CurvePoints Of(IReadOnlyList<ChartLine> lines, IReadOnlyList<LineUpdate> updates, ChartAppearance look)
    {
        var parts = new List<Part>(updates.Count);
        var numbers = new List<double>();
        double unit = look.Unit?.Seconds ?? 1;
        double size = look.Size?.Bytes ?? 1;
        double[] before = [];
        foreach (LineUpdate update in updates)
        {
            ChartLine line = lines[update.Index];
            IReadOnlyList<(double X, double Y)> points = look.View.Apply(line.Curve.Points, line.Start, update.From);
            double[] xs = [.. points.Select(point => point.X / unit)];
            bool sameX = parts.Count > 0 && xs.AsSpan().SequenceEqual(before);
            parts.Add(new Part(line.Key, update.From > 0, points.Count, sameX, look.View.IsSmoothed));
            numbers.AddRange(sameX ? [] : xs);
            numbers.AddRange(points.Select(point => point.Y / size));
            if (look.View.IsSmoothed)
            {
                numbers.AddRange(line.Curve.Points.Skip(update.From).Select(point => point.Value / size));
            }

            before = xs;
        }

        return new CurvePoints(parts, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray());
    }
}
