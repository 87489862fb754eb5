namespace Experiments.Contracts.Catalog;

/// <summary>A transform with values for all its parameters.</summary>
/// <param name="Name">A name from <see cref="TransformCatalog"/>.</param>
/// <param name="Parameters">Every parameter of the transform, in the catalog's order.</param>
public sealed record TransformSetting(string Name, IReadOnlyDictionary<string, double> Parameters)
{
    /// <summary>The value of a parameter.</summary>
    public double this[string parameter] => Parameters[parameter];

    /// <summary>True when the transform and the values of all parameters are the same.</summary>
    public bool Equals(TransformSetting? other) =>
        other is not null && Name == other.Name && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => Parameters.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}
