namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>Real numbers from <paramref name="Min"/> to <paramref name="Max"/>, uniform on their scale.</summary>
/// <param name="IsLog">A logarithmic scale; needs a positive minimum and no step.</param>
/// <param name="Step">Only <paramref name="Min"/> + k · step up to <paramref name="Max"/>, all equally likely; null for a continuum.</param>
public sealed record RealDimension(string Name, double Min, double Max, bool IsLog = false, double? Step = null) : Dimension(Name)
{
    /// <summary>A step that makes more values than this is a continuum in effect.</summary>
    private const double MostLevels = 1e9;

    /// <summary>A maximum counts as on the step despite rounding errors of this part of a step.</summary>
    private const double Rounding = 1e-9;

    public override long? Levels => Step is { } step ? (long)Math.Floor(((Max - Min) / step) + Rounding) + 1 : null;

    public override double FromUnit(double unit) =>
        Levels is { } levels ? OnStep(Math.Clamp(Math.Floor(unit * levels), 0, levels - 1))
        : IsLog ? Math.Clamp(Math.Exp(Math.Log(Min) + (unit * Math.Log(Max / Min))), Min, Max)
        : Math.Clamp(Min + (unit * (Max - Min)), Min, Max);

    public override UnitRange ToUnit(double value)
    {
        if (Levels is { } levels)
        {
            double level = Level(value);
            return new UnitRange(level / levels, (level + 1) / levels);
        }

        double unit = Math.Clamp(IsLog ? Math.Log(value / Min) / Math.Log(Max / Min) : (value - Min) / (Max - Min), 0, 1);
        return new UnitRange(unit, unit);
    }

    public override bool Contains(double value) =>
        Levels is { } levels
            ? Level(value) is var level && level >= 0 && level < levels && OnStep(level) == value
            : value >= Min && value <= Max;

    internal override string? Fault() =>
        !double.IsFinite(Min) || !double.IsFinite(Max) || !double.IsFinite(Max - Min) ? $"has min {Min} and max {Max}; write finite numbers"
        : Min >= Max ? $"has min {Min} and max {Max}; write a min below the max"
        : IsLog && Min <= 0 ? $"has min {Min} on a log scale; write a min above 0, or a linear scale"
        : IsLog && !double.IsFinite(Max / Min) ? $"has min {Min} and max {Max}; write limits that are closer to each other"
        : Step is { } step ? StepFault(step) : null;

    private string? StepFault(double step) =>
        !double.IsFinite(step) || step <= 0 ? $"has step {step}; write a step above 0"
        : IsLog ? $"has step {step} on a log scale; leave the step out, or write a linear scale"
        : step > (Max - Min) * (1 + Rounding) ? $"has step {step}, which leads from min {Min} beyond max {Max}; write at most {Max - Min}"
        : (Max - Min) / step > MostLevels ? $"has step {step}, which makes more than 10^9 values; write a larger step, or none"
        : null;

    private double Level(double value) => Math.Round((value - Min) / Step!.Value);

    /// <summary>In decimal numbers where they reach, as a user would write it: 0.3, not 0.30000000000000004.</summary>
    private double OnStep(double level)
    {
        bool isDecimal = IsDecimal(Min) && IsDecimal(Max) && IsDecimal(Step!.Value);
        double value = isDecimal ? (double)((decimal)Min + ((decimal)level * (decimal)Step!.Value)) : Min + (level * Step!.Value);
        return Math.Min(value, Max);
    }

    /// <summary>Converting to <see cref="decimal"/> and back returns the same number.</summary>
    private static bool IsDecimal(double value) => value == 0 || (Math.Abs(value) is > 1e-12 and < 1e12 && (double)(decimal)value == value);
}
