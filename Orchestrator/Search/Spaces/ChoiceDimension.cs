namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>Values without an order, all equally likely. A value is the index of a choice, from 0.</summary>
/// <param name="Count">The number of choices, at least 1.</param>
public sealed record ChoiceDimension(string Name, int Count) : Dimension(Name)
{
    public override long? Levels => Count;

    public override double FromUnit(double unit) => Math.Clamp(Math.Floor(unit * Count), 0, Count - 1);

    public override UnitRange ToUnit(double value) => new(value / Count, (value + 1) / Count);

    public override bool Contains(double value) => value >= 0 && value < Count && double.IsInteger(value);

    internal override string? Fault() => Count >= 1 ? null : $"has {Count} choices; write at least one";
}
