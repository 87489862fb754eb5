using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search;

/// <summary>Converts between the space of a sweep, whose values are those of hyperparameters, and the numeric one of samplers.</summary>
internal sealed class SweepDimensions(IReadOnlyList<SpaceAxis> axes)
{
    /// <summary>Drawn numbers are rounded, so that users can read them and copy them into another sweep.</summary>
    private const string SignificantDigits = "G6";

    public SearchSpace Space { get; } = new([.. axes.Select(DimensionOf)]);

    /// <summary>Why samplers cannot draw from these axes, by path; empty where they can.</summary>
    public static IReadOnlyDictionary<string, string[]> Check(IReadOnlyList<SpaceAxis> axes) =>
        SearchSpace.Check([.. axes.Select(DimensionOf)])
            .GroupBy(fault => $"space.{fault.Name}")
            .ToDictionary(faults => faults.Key, faults => faults.Select(fault => fault.Message).ToArray());

    /// <summary>The values of the axes, in their order, boxed as their hyperparameters do.</summary>
    public IReadOnlyList<object?> ValuesOf(Point point) => [.. axes.Select((axis, index) => ValueOf(axis, point[index]))];

    /// <summary>The point whose numbers are rounded as they are in <see cref="ValuesOf"/>.</summary>
    public Point Round(Point point) => new([.. axes.Select((axis, index) => axis is RangeAxis { Step: null, Hyperparameter.Kind: HyperparameterKind.Number } range ? Round(range, point[index]) : point[index])]);

    private static Dimension DimensionOf(SpaceAxis axis) => axis switch
    {
        ChoiceAxis choice => new ChoiceDimension(axis.Hyperparameter.Name, choice.Values.Count),
        RangeAxis { Hyperparameter.Kind: HyperparameterKind.Integer } range =>
            new IntegerDimension(axis.Hyperparameter.Name, (long)range.Minimum, (long)range.Maximum, range.Scale == SpaceScale.Log, (long)(range.Step ?? 1)),
        RangeAxis range => new RealDimension(axis.Hyperparameter.Name, range.Minimum, range.Maximum, range.Scale == SpaceScale.Log, range.Step),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "not an axis of a space"),
    };

    private static object? ValueOf(SpaceAxis axis, double value) => axis switch
    {
        ChoiceAxis choice => choice.Values[(int)value],
        RangeAxis { Hyperparameter.Kind: HyperparameterKind.Integer } => (long)value,
        RangeAxis { Step: null } range => Round(range, value),
        _ => value,
    };

    private static double Round(RangeAxis range, double value) =>
        Math.Clamp(double.Parse(value.ToString(SignificantDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0, range.Minimum, range.Maximum);
}
