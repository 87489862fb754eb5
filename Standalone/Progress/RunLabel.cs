using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Standalone.Progress;

/// <summary>Labels runs by the values in which they differ.</summary>
internal sealed class RunLabel(SweepView sweep)
{
    private const string Base = "base";

    /// <summary>Hyperparameters whose values are shown without their name.</summary>
    private const string Model = "model";

    /// <summary>The hyperparameters that the sweep varies, in its order.</summary>
    public IReadOnlyList<string> Axes { get; } =
        [.. NamesOf(sweep.Spec, "grid").Concat(NamesOf(sweep.Spec, "space")).Distinct()];

    /// <summary>The varied hyperparameters with their values: <c>resnet18, learningRate 0.001, freezeEpochs 2</c>.</summary>
    public string Of(RunView run) => Axes.Count == 0 ? Base : string.Join(", ", Axes.Zip(Values(run), (axis, value) => axis == Model ? value : $"{axis} {value}"));

    public IEnumerable<string> Values(RunView run) =>
        Axes.Select(axis => run.Config.TryGetValue(axis, out JsonElement value)
            ? RunConfig.DescribeList(axis, value) ?? value.ToString()
            : "");

    /// <summary>The hyperparameters of a block: a mapping, or a list of mappings.</summary>
    private static IEnumerable<string> NamesOf(JsonElement spec, string block) =>
        !spec.TryGetProperty(block, out JsonElement given) ? []
        : given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().SelectMany(NamesIn)
        : NamesIn(given);

    private static IEnumerable<string> NamesIn(JsonElement grid) => grid.EnumerateObject().Select(axis => axis.Name);
}
