using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Between which values the trends of a table are drawn, so that their heights can be compared. Pure.</summary>
public sealed record CurveScale(double Low, double High)
{
    /// <summary>All values but outliers, which would flatten all others; null without any.</summary>
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

    /// <summary>Wide enough for both.</summary>
    public CurveScale With(CurveScale? other) => other is null ? this : new CurveScale(Math.Min(Low, other.Low), Math.Max(High, other.High));
}
