using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The range of the values of one curve; on a logarithmic axis, of their base-10 logarithms.</summary>
/// <param name="Low">The 5th percentile.</param>
/// <param name="High">The 95th percentile.</param>
public sealed record CurveExtent(double Min, double Low, double High, double Max)
{
    private const int Tails = 20;

    /// <summary>Null for a curve without a value that the axis can show.</summary>
    public static CurveExtent? Of(IReadOnlyList<SeriesPoint> points, bool isLog)
    {
        double[] values = [.. points.Select(point => isLog ? Math.Log10(point.Value) : point.Value).Where(double.IsFinite)];
        if (values.Length == 0)
        {
            return null;
        }

        Array.Sort(values);
        int tail = values.Length / Tails;
        return new CurveExtent(values[0], values[tail], values[^(tail + 1)], values[^1]);
    }
}
