using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The common scale of a table's trends, so that their heights are comparable. Pure.</summary>
public sealed record CurveScale(double Low, double High)
{
    /// <summary>All values except outliers, which would flatten the others; null without values.</summary>
    public static CurveScale? Of(IEnumerable<Curve> curves)
    {
        Curve[] all = [.. curves];
        if (CurveRange.Of(all, isLog: false) is { } range)
        {
            return new CurveScale(range.Low, range.High);
        }

        CurveExtent[] extents = [.. all.Select(curve => curve.Extent(isLog: false)).OfType<CurveExtent>()];
        return extents.Length == 0 ? null : new CurveScale(extents.Min(extent => extent.Min), extents.Max(extent => extent.Max));
    }

    /// <summary>The smallest scale that contains both.</summary>
    public CurveScale With(CurveScale? other) => other is null ? this : new CurveScale(Math.Min(Low, other.Low), Math.Max(High, other.High));
}
