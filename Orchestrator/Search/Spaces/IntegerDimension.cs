namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>
/// The integers <paramref name="Min"/> + k · <paramref name="Step"/> up to <paramref name="Max"/>. On a linear scale all are equally likely; on a
/// logarithmic one a value has the share of the range half a step around it.
/// </summary>
/// <param name="IsLog">A logarithmic scale; needs a positive minimum and a step of 1.</param>
public sealed record IntegerDimension(string Name, long Min, long Max, bool IsLog = false, long Step = 1) : Dimension(Name)
{
    /// <summary>Larger integers are not all exact as a double.</summary>
    private const long Largest = 1L << 53;

    public override long? Levels => ((Max - Min) / Step) + 1;

    public override double FromUnit(double unit)
    {
        double level = IsLog
            ? Math.Round(Math.Exp(LogEdge(0) + (unit * LogWidth))) - Min
            : Math.Floor(unit * Levels!.Value);
        return Min + (Math.Clamp(level, 0, Levels!.Value - 1) * Step);
    }

    public override UnitRange ToUnit(double value)
    {
        double level = (value - Min) / Step;
        return IsLog
            ? new UnitRange((LogEdge(level) - LogEdge(0)) / LogWidth, (LogEdge(level + 1) - LogEdge(0)) / LogWidth)
            : new UnitRange(level / Levels!.Value, (level + 1) / Levels!.Value);
    }

    public override bool Contains(double value) => value >= Min && value <= Max && double.IsInteger(value) && (value - Min) % Step == 0;

    internal override string? Fault() =>
        Min >= Max ? $"has min {Min} and max {Max}; write a min below the max"
        : Min < -Largest || Max > Largest ? $"has min {Min} and max {Max}; write integers between -2^53 and 2^53"
        : Step < 1 ? $"has step {Step}; write at least 1"
        : Step > Max - Min ? $"has step {Step}, which leads from min {Min} beyond max {Max}; write at most {Max - Min}"
        : IsLog && Min < 1 ? $"has min {Min} on a log scale; write at least 1, or a linear scale"
        : IsLog && Step != 1 ? $"has step {Step} on a log scale; leave the step out, or write a linear scale"
        : null;

    private double LogWidth => LogEdge(Levels!.Value) - LogEdge(0);

    /// <summary>The logarithm of the lower edge of a level.</summary>
    private double LogEdge(double level) => Math.Log(Min + level - 0.5);
}
