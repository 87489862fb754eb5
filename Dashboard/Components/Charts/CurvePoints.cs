using System.Runtime.InteropServices;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>
/// Points as bytes for the browser. As text, two hundred curves of a thousand points took seconds to write and to read.
/// </summary>
/// <param name="Lines">The lines they belong to, in order.</param>
/// <param name="Bytes">
/// For each line its xs unless the previous line has the same, its ys, and for smoothed ys the measured ones: 64-bit floats, little-endian
/// as in all browsers.
/// </param>
internal sealed record CurvePoints(IReadOnlyList<CurvePoints.Part> Lines, byte[] Bytes)
{
    /// <param name="Key">See <see cref="ChartLine.Key"/>.</param>
    /// <param name="Append">False when they replace all points.</param>
    /// <param name="SameX">Its xs equal those of the previous line, as for runs of equal length. This halves the bytes.</param>
    /// <param name="WithMeasured">Whether measured values follow the smoothed ones.</param>
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
