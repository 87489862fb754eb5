namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>Mean and deviation of a stream of values, by Welford's method: sums of squares would lose the digits of a small deviation.</summary>
internal sealed class RunningStatistics
{
    private double _mean;
    private double _squares;

    public int Count { get; private set; }

    public double? Mean => Count == 0 ? null : _mean;

    /// <summary>The sample deviation (n − 1); null for fewer than two values.</summary>
    public double? Deviation => Count < 2 ? null : Math.Sqrt(Math.Max(0, _squares / (Count - 1)));

    public void Add(double value)
    {
        Count++;
        double before = value - _mean;
        _mean += before / Count;
        _squares += before * (value - _mean);
    }
}
