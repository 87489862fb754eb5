using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Spaces;

/// <summary>A dimension of each kind and scale.</summary>
internal static class SampleSpaces
{
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        new RealDimension("linear", -2, 3),
        new RealDimension("log", 1e-5, 1e-1, IsLog: true),
        new RealDimension("step", -0.3, 0.65, Step: 0.1),
        new IntegerDimension("integer", -3, 8),
        new IntegerDimension("integer step", 16, 250, Step: 16),
        new IntegerDimension("integer log", 1, 40, IsLog: true),
        new ChoiceDimension("choice", 5),
        new ChoiceDimension("one", 1),
    ];

    /// <summary>All kinds, and one of each again that only matters for some choices.</summary>
    public static SearchSpace Conditional { get; } = new(
    [
        .. Dimensions,
        .. Dimensions.Select(dimension => dimension with { Name = $"conditional {dimension.Name}", Condition = new("choice", [1, 3]) }),
    ]);
}
