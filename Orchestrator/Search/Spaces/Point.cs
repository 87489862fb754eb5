using System.Collections.Immutable;

namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>
/// A point of a search space: a value for each dimension, in their order. Integers are whole numbers and choices are indices; NaN where the dimension is
/// inactive. Points are equal when all values are; NaN equals NaN.
/// </summary>
public sealed record Point(ImmutableArray<double> Values)
{
    public double this[int dimension] => Values[dimension];

    public bool Equals(Point? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"({string.Join(", ", Values)})";
}
