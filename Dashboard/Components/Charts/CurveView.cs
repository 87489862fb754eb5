using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The unit of a chart's x axis.</summary>
public enum CurveX
{
    /// <summary>Epochs, or iterations.</summary>
    Step,

    /// <summary>Seconds since the run began.</summary>
    Time,
}

/// <summary>How measured points become drawn ones. Pure; an added point changes none before it.</summary>
/// <param name="Smoothing">The weight of the past in a moving average: 0 for none, below 1.</param>
/// <param name="LogX">Whether the x axis is logarithmic.</param>
public sealed record CurveView(double Smoothing = 0, CurveX X = CurveX.Step, bool LogX = false)
{
    public static CurveView Plain { get; } = new();

    /// <summary>Whether drawn values differ from measured ones.</summary>
    public bool IsSmoothed => Smoothing != 0;

    /// <summary>The points to draw, without the first <paramref name="skip"/>.</summary>
    /// <param name="start">When the run began; null for its first point.</param>
    public IReadOnlyList<(double X, double Y)> Apply(IReadOnlyList<SeriesPoint> points, DateTimeOffset? start, int skip = 0)
    {
        var drawn = new List<(double, double)>(Math.Max(0, points.Count - skip));
        double average = 0;
        double weight = 0;
        for (int i = 0; i < points.Count; i++)
        {
            // The average so far; without the division by the weight it would be biased towards zero (Kingma and Ba, 2015).
            average = (average * Smoothing) + (points[i].Value * (1 - Smoothing));
            weight = (weight * Smoothing) + 1 - Smoothing;
            if (i >= skip)
            {
                drawn.Add((PlaceOf(points[i], start ?? points[0].Time), IsSmoothed ? average / weight : points[i].Value));
            }
        }

        return drawn;
    }

    private double PlaceOf(SeriesPoint point, DateTimeOffset start) => X == CurveX.Step ? point.Step : Math.Max(0, (point.Time - start).TotalSeconds);
}
