using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Formatting;

/// <summary>A run's configuration in words.</summary>
public static class RunText
{
    /// <summary>A value of a configuration: <c>0.001</c>, <c>adam</c>, <c>auto</c>.</summary>
    public static string Value(RunView run, string key) =>
        run.Config.TryGetValue(key, out JsonElement value) ? Value(key, value) : "–";

    /// <summary>The value of a key: a list as its hyperparameter describes it.</summary>
    public static string Value(string key, JsonElement value) => RunConfig.DescribeList(key, value) ?? Value(value);

    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => HyperparameterDefinition.Format(null),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => HyperparameterDefinition.Format(value.GetDouble()),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Object => string.Join(" · ", value.EnumerateObject().Select(Property)),
        _ => value.GetRawText(),
    };

    /// <summary>The name for people of a key of a configuration.</summary>
    public static string Label(string key) => HyperparameterCatalog.Find(key)?.Label ?? (key == "dataset" ? "Data set" : key);

    /// <summary>The class of a column of values: numbers stand at the right.</summary>
    public static string Alignment(string key) =>
        HyperparameterCatalog.Find(key)?.Kind is HyperparameterKind.Integer or HyperparameterKind.Number ? "num" : "";

    /// <summary>Its number, and its name if it has one: <c>#3 baseline</c>.</summary>
    public static string Number(RunView run) => run.Name is { } name ? $"#{run.Cell} {name}" : $"#{run.Cell}";

    /// <summary>What sets a run apart: <c>#3 · resnet18 · 0.001</c>.</summary>
    public static string Title(RunView run, IEnumerable<string> keys) =>
        string.Join(" · ", keys.Select(key => Value(run, key)).Prepend(Number(run)));

    // { name: digits, limit: 300 } reads "digits · limit 300".
    private static string Property(JsonProperty property) =>
        property.Name == "name" ? Value(property.Value) : $"{property.Name} {Value(property.Value)}";

    /// <summary>How long its attempts have trained together, the present one included; null before the first.</summary>
    public static TimeSpan? Trained(RunView run, DateTimeOffset now) => run.StartedAt is null ? null
        : TimeSpan.FromSeconds(run.TrainedSeconds) + (run.TrainingSince is { } since && since < now ? now - since : TimeSpan.Zero);

    /// <summary>From the start of its first attempt to its end, or until now: waiting between attempts, and before a retry, is in it.</summary>
    public static TimeSpan? WallTime(RunView run, DateTimeOffset now) => run.StartedAt is { } start ? (run.FinishedAt ?? now) - start : null;
}
