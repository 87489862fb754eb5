using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Tests;

/// <summary>Sample sweeps and runs.</summary>
internal static class Samples
{
    public static DateTimeOffset Time { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static SweepSpec Spec { get; } = new()
    {
        Name = "digits-quickstart",
        Dataset = new DatasetSpec { Name = "digits" },
        Base = [new Assignment(Parameter("epochs"), 5L)],
        Grids =
        [
            new Grid(
            [
                new GridAxis(Parameter("model"), ["small_cnn", "resnet18"]),
                new GridAxis(Parameter("learningRate"), [1e-3, 3e-4]),
            ]),
        ],
        Tags = ["demo"],
    };

    /// <summary>An augmentation composed of transforms.</summary>
    public const string Augmentation = """[{"randomCrop":{"padding":4}},{"horizontalFlip":{"probability":0.5}}]""";

    public const string OtherAugmentation = """[{"rotation":{"degrees":7.5}}]""";

    public static HyperparameterDefinition Parameter(string name) => HyperparameterCatalog.Find(name)!;

    public static SweepView Sweep(string id = "s1", SweepStatus status = SweepStatus.Running, SweepSpec? spec = null) => new()
    {
        Id = id,
        Name = (spec ?? Spec).Name,
        Status = status,
        CreatedAt = Time,
        Spec = SweepSpecWriter.ToJson(spec ?? Spec),
        RunCounts = new RunCounts(Pending: 0, Queued: 1, Running: 1, Completed: 1, Failed: 1, Cancelled: 0),
        BestRunId = "r1",
        BestValue = 0.98765,
        Tags = (spec ?? Spec).Tags,
    };

    public static RunView Run(int cell, RunStatus status = RunStatus.Completed, double? accuracy = 0.9, int epoch = 5) => new()
    {
        Id = $"r{cell}",
        SweepId = "s1",
        Cell = cell,
        Key = new string('a', 64),
        Status = status,
        Config = HyperparameterCatalog.All.ToDictionary(
            definition => definition.Name, definition => JsonSerializer.SerializeToElement(definition.Get(Hyperparameters.Default))),
        Attempt = 1,
        CreatedAt = Time,
        Epoch = epoch,
        Epochs = 5,
        Summary = accuracy is { } value
            ? new Dictionary<string, MetricSummary> { ["validation/accuracy"] = new(value, value, 3) }
            : new Dictionary<string, MetricSummary>(),
        Artifacts = [],
    };
}
