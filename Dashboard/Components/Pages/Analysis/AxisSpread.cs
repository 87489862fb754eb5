namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>
/// Spreads the runs of an axis with few values. Runs of a grid share few positions, so that their lines would overlap. The runs
/// of a value are therefore spread around it, better ones higher. Pure.
/// </summary>
public sealed class AxisSpread
{
    /// <summary>With more values than this, runs are distinct without spreading.</summary>
    private const int MostLevels = 12;

    /// <summary>
    /// The range of a value's runs, relative to the distance to the next value. A brush of the value extends a quarter to each side,
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

    /// <summary>The position of a run in the units of the axis.</summary>
    public double PositionOf(int run) =>
        _axis.PositionOf(run) + (_width * (_data.Range!.Goodness(_data.Values[run]) - Below(_axis.LevelOf[run])));

    /// <summary>The part of the stretch below its value.</summary>
    private double Below(int level) => level == 0 ? 0 : level == _axis.Levels.Count - 1 ? 1 : 0.5;
}
