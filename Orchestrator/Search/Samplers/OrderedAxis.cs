using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// A kernel is a normal distribution around its trial's place, truncated to the unit interval. Logarithmic scales are linear there, and a value of an integer or a
/// step has the share of the distribution that falls on its range.
/// </summary>
internal sealed class OrderedAxis : ParzenAxis
{
    /// <summary>Bandwidths relative to the rule of Scott (1992). Measured: half of it finds better points than all of it or 0.3 of it.</summary>
    private const double Bandwidth = 0.5;

    private const double SmallestBandwidth = 0.01;

    /// <summary>A kernel much narrower than a level would never leave it.</summary>
    private const double LevelsInBandwidth = 0.25;

    /// <summary>A level narrower than this part of the bandwidth counts as a place.</summary>
    private const double NarrowLevel = 0.1;

    private readonly Dimension _dimension;
    private readonly double _bandwidth;

    /// <summary>NaN where the dimension was inactive.</summary>
    private readonly double[] _centers;

    /// <summary>The logarithm of 1 / the share of each kernel in the unit interval.</summary>
    private readonly double[] _logScales;

    /// <param name="values">The values of the trials; NaN where inactive.</param>
    /// <param name="dimensions">The number of dimensions of the space.</param>
    public OrderedAxis(Dimension dimension, double[] values, int dimensions)
    {
        _dimension = dimension;
        _centers = [.. values.Select(value => double.IsNaN(value) ? value : dimension.ToUnit(value).Center)];
        _bandwidth = Math.Max(ScottRule(_centers, dimensions) * Bandwidth, Math.Max(SmallestBandwidth, LevelsInBandwidth / dimension.Levels ?? 0));
        _logScales = [.. _centers.Select(center => -Math.Log(NormalDistribution.Between(-center / _bandwidth, (1 - center) / _bandwidth)))];
    }

    public override double Draw(int kernel, DrawStream draws)
    {
        double center = _centers[kernel];
        double unit = double.IsNaN(center) ? draws.Next() : -1;
        while (unit is < 0 or >= 1)
        {
            unit = center + (_bandwidth * NormalDistribution.Draw(draws.Next(), draws.Next()));
        }

        return unit;
    }

    public override void AddLogDensities(double value, Span<double> logs)
    {
        UnitRange range = _dimension.ToUnit(value);
        bool isPlace = range.Width < NarrowLevel * _bandwidth;
        double logWidth = Math.Log(isPlace ? _bandwidth : range.Width);
        for (int kernel = 0; kernel < _centers.Length; kernel++)
        {
            double center = _centers[kernel];
            if (!double.IsNaN(center))
            {
                double log = isPlace
                    ? NormalDistribution.LogDensity((range.Center - center) / _bandwidth)
                    : LogShare((range.Low - center) / _bandwidth, (range.High - center) / _bandwidth);
                logs[kernel] += log - logWidth + _logScales[kernel];
            }
        }
    }

    /// <summary>The spread of the trials and of one in the middle of a uniform range, which keeps few trials from having none.</summary>
    private static double ScottRule(double[] centers, int dimensions)
    {
        double[] active = [.. centers.Where(center => !double.IsNaN(center))];
        double count = active.Length + 1;
        double mean = (active.Sum() + 0.5) / count;
        double variance = (active.Sum(center => (center - mean) * (center - mean)) + ((0.5 - mean) * (0.5 - mean)) + (1.0 / 12)) / count;
        return Math.Sqrt(variance) * Math.Pow(count, -1.0 / (dimensions + 4));
    }

    /// <summary>The logarithm of the share between two numbers; the share may be too small for a double.</summary>
    private static double LogShare(double low, double high) => Math.Log(Math.Max(NormalDistribution.Between(low, high), double.Epsilon));
}
