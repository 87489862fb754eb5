using System.Text.Json;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Sweeps;

/// <summary>Reads and writes the <c>stopping</c> block: the rule that ends runs early.</summary>
internal static class StoppingBlock
{
    private const string Path = "stopping";
    private const string Rule = "rule";
    private const string MinEpochs = "minEpochs";
    private const string Factor = "factor";
    private const string Example = "{ rule: asha, minEpochs: 1, factor: 3 }";

    /// <returns>Null for <c>rule: none</c>, and where it cannot be read.</returns>
    public static StoppingSpec? Read(JsonElement? json, SpecErrors errors)
    {
        if (json is not { } given || SpecObject.Open(given, Path, Example, errors, Hint(given)) is not { } block)
        {
            return null;
        }

        string[] rules = [.. EnumText.All<StoppingKind>()];
        if (block.Take(Rule) is null)
        {
            errors.Add(block.PathOf(Rule), $"missing; allowed: {string.Join(", ", rules)}");
        }

        StoppingKind rule = block.TakeName(Rule, rules) is { } name && EnumText.TryParse(name, out StoppingKind named) ? named : StoppingKind.None;
        int minEpochs = block.TakeInteger(MinEpochs, StoppingSpec.DefaultMinEpochs, 1, int.MaxValue);
        int factor = block.TakeInteger(Factor, StoppingSpec.DefaultFactor, 2, StoppingSpec.MostFactor);
        block.RefuseOthers();
        RefuseIdle(block, rule);
        return rule == StoppingKind.None ? null : new StoppingSpec(rule, minEpochs, factor);
    }

    /// <summary>A rule that could never decide is a mistake.</summary>
    public static void CheckBudget(SweepSpec spec, SpecErrors errors)
    {
        if (spec.Stopping is { } stopping && StoppingBudget.Of(spec) is int epochs && stopping.MinEpochs > epochs)
        {
            errors.Add($"{Path}.{MinEpochs}", $"out of range: {stopping.MinEpochs}, and the longest run has {epochs} epochs; allowed: a whole number from 1 to {epochs}");
        }
    }

    public static void Write(Utf8JsonWriter writer, StoppingSpec? stopping)
    {
        if (stopping is null)
        {
            return;
        }

        writer.WriteStartObject(Path);
        writer.WriteString(Rule, EnumText.Of(stopping.Rule));
        if (stopping.MinEpochs != StoppingSpec.DefaultMinEpochs)
        {
            writer.WriteNumber(MinEpochs, stopping.MinEpochs);
        }

        if (stopping.Factor != StoppingSpec.DefaultFactor)
        {
            writer.WriteNumber(Factor, stopping.Factor);
        }

        writer.WriteEndObject();
    }

    private static string Hint(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && EnumText.TryParse(json.GetString()!, out StoppingKind rule) ? $"; write {{ rule: {EnumText.Of(rule)} }}" : "";

    private static void RefuseIdle(SpecObject block, StoppingKind rule)
    {
        string[] idle = rule switch
        {
            StoppingKind.None when block.Take(Rule) is not null => [MinEpochs, Factor],
            StoppingKind.Median => [Factor],
            _ => [],
        };
        foreach (string key in idle)
        {
            if (block.Take(key) is { } value)
            {
                block.Wrong(key, $"no effect with rule {EnumText.Of(rule)}", value, $"{key} with rule {(rule == StoppingKind.None ? "median, asha or hyperband" : "asha or hyperband")}", $"; remove {key}");
            }
        }
    }
}
