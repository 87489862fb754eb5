namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>One axis of a search space. It maps the unit interval onto its values, so samplers only draw numbers in [0, 1).</summary>
public abstract record Dimension(string Name)
{
    /// <summary>When the dimension has an effect; null: always.</summary>
    public Condition? Condition { get; init; }

    /// <summary>The number of values; null for a continuum.</summary>
    public abstract long? Levels { get; }

    /// <summary>The value at a place in [0, 1). A uniform place gives each value its share: equal on a linear scale, equal per decade on a logarithmic one.</summary>
    public abstract double FromUnit(double unit);

    /// <summary>The places that <see cref="FromUnit"/> maps to the value; both ends are equal in a continuum.</summary>
    /// <param name="value">A value of this dimension; not NaN.</param>
    public abstract UnitRange ToUnit(double value);

    /// <summary>Whether a value is in range and on the step.</summary>
    public abstract bool Contains(double value);

    /// <summary>What is wrong with the limits, and what to write instead; null when they are valid.</summary>
    internal abstract string? Fault();
}
