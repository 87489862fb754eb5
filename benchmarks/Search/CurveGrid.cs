using System.Collections.Immutable;
using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>A hyperparameter of the recorded grid with its values as they are written.</summary>
internal sealed record CurveAxis(string Name, ImmutableArray<string> Values, bool HasOrder = true);

/// <summary>The grid whose trainings are recorded: 216 configurations.</summary>
internal static class CurveGrid
{
    public const int Epochs = 27;

    public static IReadOnlyList<CurveAxis> Axes { get; } =
    [
        new("learningRate", ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3"]),
        new("weightDecay", ["0.0001", "0.001", "0.01"]),
        new("batchSize", ["32", "128"]),
        new("dropout", ["0", "0.3"]),
        new("model", ["small_cnn", "student_cnn", "lenet5"], HasOrder: false),
    ];

    /// <summary>Levels of the axes with an order, and choices of the other.</summary>
    public static SearchSpace Space { get; } = new(
        [.. Axes.Select(axis => axis.HasOrder ? (Dimension)new IntegerDimension(axis.Name, 0, axis.Values.Length - 1) : new ChoiceDimension(axis.Name, axis.Values.Length))]);

    /// <summary>The levels of each configuration; the last axis is the fastest.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Cells { get; } = Axes.Aggregate(
        (IReadOnlyList<IReadOnlyList<int>>)[[]],
        (cells, axis) => [.. cells.SelectMany(cell => Enumerable.Range(0, axis.Values.Length).Select(level => (IReadOnlyList<int>)[.. cell, level]))]);

    /// <summary>SGD with a momentum of 0.9 at a constant learning rate, on images of 32 pixels without augmentation.</summary>
    public static Hyperparameters Settings(IReadOnlyList<int> levels) => Hyperparameters.Default with
    {
        LearningRate = Number(0, levels),
        WeightDecay = Number(1, levels),
        BatchSize = (int)Number(2, levels),
        Dropout = Number(3, levels),
        Model = Axes[4].Values[levels[4]],
        ImageSize = 32,
        Epochs = Epochs,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0.9,
    };

    private static double Number(int axis, IReadOnlyList<int> levels) => double.Parse(Axes[axis].Values[levels[axis]], CultureInfo.InvariantCulture);
}
