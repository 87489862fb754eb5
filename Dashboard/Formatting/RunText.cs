using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Formatting;

/// <summary>A run's configuration in words.</summary>
public static class RunText
{
    /// <summary>Why a run with <see cref="RunView.WaitsFor"/> waits.</summary>
    public static string WaitsFor(RunView run) => run.WaitsForEpoch is { } epoch
        ? $"Waits for run {run.WaitsFor}, which trains its first {(epoch == 1 ? "epoch" : $"{epoch} epochs")} too, and continues after it"
        : $"Waits for run {run.WaitsFor} of another sweep, which has the same configuration and is training; its result is reused";

    /// <summary>Whether the run keeps its status unless a user wants it otherwise.</summary>
    public static bool HasEnded(RunView run) => run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Stopped;

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

    /// <summary>The label of a configuration key.</summary>
    public static string Label(string key) => HyperparameterCatalog.Find(key)?.Label ?? (key == "dataset" ? "Data set" : key);

    /// <summary>The CSS class of a column: numbers are right-aligned.</summary>
    public static string Alignment(string key) =>
        HyperparameterCatalog.Find(key)?.Kind is HyperparameterKind.Integer or HyperparameterKind.Number ? "num" : "";

    /// <summary>Its number, and its name if it has one: <c>#3 baseline</c>.</summary>
    public static string Number(RunView run) => run.Name is { } name ? $"#{run.Cell} {name}" : $"#{run.Cell}";

    /// <summary>What distinguishes a run: <c>#3 · resnet18 · learning rate 0.001</c>.</summary>
    public static string Title(RunView run, IEnumerable<string> keys) =>
        string.Join(" · ", keys.Select(key => Named(key, Value(run, key))).Prepend(Number(run)));

    /// <summary>A value with its label: <c>learning rate 0.001</c>; a model needs none.</summary>
    public static string Named(string key, string value) => key is "model" or "dataset" ? value : $"{InText(Label(key))} {value}";

    // An abbreviation, as in "EMA decay", stays as it is.
    private static string InText(string label) => label.Length > 1 && char.IsUpper(label[1]) ? label : $"{char.ToLowerInvariant(label[0])}{label[1..]}";

    // { name: digits, limit: 300 } reads "digits · limit 300".
    private static string Property(JsonProperty property) => property switch
    {
        { Name: "name" } => Value(property.Value),
        { Name: "validationFraction", Value.ValueKind: JsonValueKind.Number } => $"validation share {Share(property.Value.GetDouble())}",
        { Name: "skipCorrupt", Value.ValueKind: JsonValueKind.True } => "without unreadable images",
        _ => $"{property.Name} {Value(property.Value)}",
    };

    private static string Share(double share) => $"{(share * 100).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} %";

    /// <summary>The total time of its attempts, including the current one; null before the first.</summary>
    public static TimeSpan? Trained(RunView run, DateTimeOffset now) => run.StartedAt is null ? null
        : TimeSpan.FromSeconds(run.TrainedSeconds) + (run.TrainingSince is { } since && since < now ? now - since : TimeSpan.Zero);

    /// <summary>From the start of its first attempt to its end or now, including the time between attempts.</summary>
    public static TimeSpan? WallTime(RunView run, DateTimeOffset now) => run.StartedAt is { } start ? (run.FinishedAt ?? now) - start : null;
}
