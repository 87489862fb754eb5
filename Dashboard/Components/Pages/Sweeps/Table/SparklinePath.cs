using System.Globalization;
using System.Text;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The SVG path of a sparkline. Pure.</summary>
public static class SparklinePath
{
    /// <summary>The points of a polyline that fills the box: epochs from 0 to <paramref name="epochs"/>, values from the lowest to the highest.</summary>
    /// <param name="scale">The scale instead of these points' range; values beyond it are drawn at the edge.</param>
    /// <param name="epochs">The planned epochs: half-trained runs have a line half as wide.</param>
    /// <returns>Empty for fewer than two finite points.</returns>
    public static string Of(IReadOnlyList<SeriesPoint> points, int epochs, double width, double height, CurveScale? scale = null)
    {
        SeriesPoint[] finite = [.. points.Where(point => double.IsFinite(point.Value))];
        if (finite.Length < 2)
        {
            return "";
        }

        double low = scale?.Low ?? finite.Min(point => point.Value);
        double high = scale?.High ?? finite.Max(point => point.Value);
        long first = finite[0].Step;
        double span = Math.Max(1, Math.Max(epochs, finite[^1].Step) - first);
        var path = new StringBuilder(finite.Length * 10);
        foreach (SeriesPoint point in finite)
        {
            double x = width * (point.Step - first) / span;
            double y = high > low ? height * (high - Math.Clamp(point.Value, low, high)) / (high - low) : height / 2;
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "" : " ")}{x:0.#},{y:0.#}");
        }

        return path.ToString();
    }
}
