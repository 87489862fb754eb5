namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>
/// Where the runs of an axis with few values are drawn: those of a grid share the same few places, and their lines would lie on one another. So the runs
/// of a value are spread around it, the better the higher. Pure.
/// </summary>
public sealed class AxisSpread
{
    /// <summary>More values than this tell runs apart by themselves.</summary>
    private const int MostLevels = 12;

    /// <summary>
    /// Over which stretch the runs of a value are drawn, in terms of the distance to the next value: a brush of the value takes in a quarter to each side,
    /// and nothing beyond the first and the last.
    /// </summary>
    private const double Width = 0.24;

    private readonly AnalysisData _data;
    private readonly AnalysisAxis _axis;
    private readonly double _width;

    private AxisSpread(AnalysisData data, AnalysisAxis axis, double width) => (_data, _axis, _width) = (data, axis, width);

    public static AxisSpread Of(AnalysisData data, AnalysisAxis axis)
    {
        double[] places = [.. axis.Levels.Select(level => level.Position)];
        double gap = places.Length is > 1 and <= MostLevels ? places.Zip(places.Skip(1), (first, second) => second - first).Min() : 0;
        return new AxisSpread(data, axis, Width * gap);
    }

    /// <summary>In the units of the axis.</summary>
    public double PositionOf(int run) =>
        _axis.PositionOf(run) + (_width * (_data.Range!.Goodness(_data.Values[run]) - Below(_axis.LevelOf[run])));

    /// <summary>The part of the stretch that lies below its value.</summary>
    private double Below(int level) => level == 0 ? 0 : level == _axis.Levels.Count - 1 ? 1 : 0.5;
}
