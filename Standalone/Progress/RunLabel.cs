using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Standalone.Progress;

/// <summary>Names runs by what tells them apart.</summary>
internal sealed class RunLabel(SweepView sweep)
{
    private const string Base = "base";

    /// <summary>The hyperparameters that the sweep varies, in its order.</summary>
    public IReadOnlyList<string> Axes { get; } =
        sweep.Spec.TryGetProperty("grid", out JsonElement grid) && grid.ValueKind == JsonValueKind.Object
            ? [.. grid.EnumerateObject().Select(axis => axis.Name)]
            : [];

    /// <summary>The values of the varied hyperparameters: <c>resnet18 0.001 2 standard</c>.</summary>
    public string Of(RunView run) => Axes.Count == 0 ? Base : string.Join(' ', Values(run));

    public IEnumerable<string> Values(RunView run) =>
        Axes.Select(axis => run.Config.TryGetValue(axis, out JsonElement value)
            ? RunConfig.DescribeList(axis, value) ?? value.ToString()
            : "");
}
