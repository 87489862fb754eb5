namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>A part of the unit interval.</summary>
public readonly record struct UnitRange(double Low, double High)
{
    public double Width => High - Low;

    public double Center => (Low + High) / 2;
}
