using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

/// <summary>Sample runs for analysis.</summary>
internal static class AnalysisSamples
{
    public const string Metric = "validation/accuracy";

    /// <summary>Four runs over two models and two learning rates; the last has no value.</summary>
    public static RunColumns Runs { get; } = Columns(
        ("model", ["small_cnn", "small_cnn", "resnet18", "resnet18"]),
        ("learningRate", [1e-3, 3e-4, 1e-3, 3e-4]),
        (Metric, [0.8, 0.7, 0.9, null]));

    public static AnalysisData Data { get; } = Of(Runs);

    public static AnalysisData Of(RunColumns runs, Goal goal = Goal.Maximize) => AnalysisData.Of(runs, Metric, goal, [.. runs.Columns.Keys.Where(name => name != Metric)]);

    public static RunColumns Columns(params (string Name, object?[] Values)[] columns) => new()
    {
        Ids = [.. columns[0].Values.Select((_, run) => $"r{run + 1}")],
        Cells = [.. columns[0].Values.Select((_, run) => run + 1)],
        Statuses = [.. columns[0].Values.Select(_ => RunStatus.Completed)],
        Columns = columns.ToDictionary(column => column.Name, IReadOnlyList<ColumnValue> (column) => Values(column.Values)),
    };

    public static IReadOnlyList<ColumnValue> Values(params object?[] values) => [.. values.Select(value => new ColumnValue(value is int number ? (double)number : value))];
}
