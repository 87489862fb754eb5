using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Experiments.Orchestrator.Search.Spaces;

/// <summary>A fault of a dimension.</summary>
/// <param name="Dimension">Its index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Message">Reads on from the name: "has min 3 and max 1; write a min below the max".</param>
public sealed record SpaceFault(int Dimension, string Name, string Message);

/// <summary>The dimensions over which a sampler proposes points.</summary>
public sealed class SearchSpace
{
    /// <summary>For each dimension, the index of the one that its condition names; -1 without a condition.</summary>
    private readonly ImmutableArray<int> _parents;

    /// <exception cref="ArgumentException">A dimension is faulty (<see cref="Check"/>).</exception>
    public SearchSpace(IReadOnlyList<Dimension> dimensions)
    {
        if (Check(dimensions) is [var fault, ..])
        {
            throw new ArgumentException($"{fault.Name} {fault.Message}", nameof(dimensions));
        }

        Dimensions = [.. dimensions];
        _parents = [.. dimensions.Select(dimension => dimension.Condition is { } condition ? IndexOf(dimensions, condition.Dimension) : -1)];
    }

    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>All faults of dimensions, in their order; empty when they make a space.</summary>
    public static IReadOnlyList<SpaceFault> Check(IReadOnlyList<Dimension> dimensions) =>
    [
        .. from dimension in dimensions.Index()
           let message = Fault(dimensions, dimension.Index)
           where message is not null
           select new SpaceFault(dimension.Index, dimension.Item.Name, message),
    ];

    /// <summary>The point at a place in the unit cube.</summary>
    /// <param name="unit">A number in [0, 1) for each dimension; those of inactive dimensions have no effect.</param>
    public Point FromUnit(ReadOnlySpan<double> unit)
    {
        double[] values = new double[Dimensions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = IsActive(i, values) ? Dimensions[i].FromUnit(unit[i]) : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    /// <param name="values">The values of all earlier dimensions.</param>
    public bool IsActive(int dimension, ReadOnlySpan<double> values) =>
        _parents[dimension] < 0
        || (values[_parents[dimension]] is var choice && !double.IsNaN(choice) && Dimensions[dimension].Condition!.Choices.Contains((int)choice));

    /// <summary>Whether the point is one that <see cref="FromUnit"/> can return.</summary>
    public bool Contains(Point point) =>
        point.Values.Length == Dimensions.Count
        && Dimensions.Index().All(dimension => IsActive(dimension.Index, point.Values.AsSpan())
            ? dimension.Item.Contains(point[dimension.Index])
            : double.IsNaN(point[dimension.Index]));

    private static string? Fault(IReadOnlyList<Dimension> dimensions, int index)
    {
        Dimension dimension = dimensions[index];
        return IndexOf(dimensions, dimension.Name) < index ? "occurs twice; write each name once"
            : dimension.Fault() ?? (dimension.Condition is { } condition ? ConditionFault(dimensions.Take(index), condition) : null);
    }

    private static string? ConditionFault(IEnumerable<Dimension> earlier, Condition condition)
    {
        string[] names = [.. earlier.OfType<ChoiceDimension>().Select(dimension => dimension.Name)];
        if (earlier.FirstOrDefault(dimension => dimension.Name == condition.Dimension) is not ChoiceDimension parent)
        {
            return $"depends on {condition.Dimension}, which is not an earlier dimension with choices; "
                + (names.Length == 0 ? "there is none" : $"write one of {string.Join(", ", names)}");
        }

        int[] outside = [.. condition.Choices.Where(choice => choice < 0 || choice >= parent.Count)];
        return condition.Choices.Count == 0 ? $"depends on no value of {parent.Name}; write at least one"
            : outside.Length > 0 ? $"depends on choice {outside[0]} of {parent.Name}; write 0 to {parent.Count - 1}"
            : null;
    }

    private static int IndexOf(IReadOnlyList<Dimension> dimensions, string name)
    {
        int index = 0;
        while (index < dimensions.Count && dimensions[index].Name != name)
        {
            index++;
        }

        return index;
    }
}
