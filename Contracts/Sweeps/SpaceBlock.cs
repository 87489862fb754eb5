using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Numbers;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Sweeps;

/// <summary>Reads and writes the <c>space</c> block: hyperparameters, each with a range or a list to draw from.</summary>
internal static class SpaceBlock
{
    private const string Path = "space";
    private const string RangeForm = "{ min: 1e-5, max: 1e-1, scale: log }";

    public static IReadOnlyList<SpaceAxis> Read(JsonElement json, SpecErrors errors)
    {
        var axes = new List<SpaceAxis>();
        foreach ((HyperparameterDefinition definition, JsonElement value, string at) in HyperparameterBlocks.Entries(json, Path, $"{{ learningRate: {RangeForm} }}", errors))
        {
            SpaceAxis? axis = value.ValueKind switch
            {
                JsonValueKind.Array => ReadChoice(definition, value, at, errors),
                JsonValueKind.Object when IsNumeric(definition) => ReadRange(definition, value, at, errors),
                _ => Refuse(definition, value, at, errors),
            };
            if (axis is not null)
            {
                axes.Add(axis);
            }
        }

        return axes;
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<SpaceAxis> axes)
    {
        if (axes.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(Path);
        foreach (SpaceAxis axis in axes)
        {
            writer.WritePropertyName(axis.Hyperparameter.Name);
            if (axis is RangeAxis range)
            {
                Write(writer, range);
            }
            else
            {
                AxisBlock.WriteValues(writer, axis.Hyperparameter, ((ChoiceAxis)axis).Values);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>The same hyperparameter in the space and elsewhere: it is unclear which value was meant.</summary>
    public static void RefuseRepeated(SweepSpec spec, SpecErrors errors)
    {
        foreach (SpaceAxis axis in spec.Space)
        {
            string name = axis.Hyperparameter.Name;
            string? other = spec.Base.Any(assignment => assignment.Hyperparameter == axis.Hyperparameter) ? "base"
                : spec.Grids.Any(grid => grid.Axes.Any(one => one.Hyperparameter == axis.Hyperparameter)) ? "grid" : null;
            if (other is not null)
            {
                errors.Add($"{Path}.{name}", ProblemText.Of($"also under {other}: \"{name}\"", $"{name} under one of {Path} and {other}", $"; remove it from {other} to draw it"));
            }
        }
    }

    private static bool IsNumeric(HyperparameterDefinition definition) => definition.Kind is HyperparameterKind.Integer or HyperparameterKind.Number;

    private static SpaceAxis? Refuse(HyperparameterDefinition definition, JsonElement json, string path, SpecErrors errors)
    {
        bool isSingle = definition.TryRead(json, out _, out _);
        string what = json.ValueKind == JsonValueKind.Object ? "a range needs numbers" : "neither a range nor a list";
        string hint = isSingle ? $"; write it under base, or as a list: [{json.GetRawText()}]" : "";
        string list = $"a list to choose from, each {definition.Allowed}";
        errors.Add(path, ProblemText.Of($"{what}: {ProblemText.Quote(json)}", IsNumeric(definition) ? $"{RangeForm}, or {list}" : list, hint));
        return null;
    }

    private static ChoiceAxis? ReadChoice(HyperparameterDefinition definition, JsonElement json, string path, SpecErrors errors)
    {
        if (json.GetArrayLength() == 0)
        {
            errors.Add(path, ProblemText.Of("empty list: []", $"a list with at least one value, each {definition.Allowed}"));
            return null;
        }

        var values = new List<object?>();
        foreach ((int index, JsonElement element) in json.EnumerateArray().Index())
        {
            if (!definition.TryRead(element, out object? value, out string problem))
            {
                errors.Add($"{path}[{index}]", problem);
            }
            else if (values.Contains(value))
            {
                errors.Add($"{path}[{index}]", ProblemText.Of($"stands twice: {ProblemText.Quote(element)}", "each value once", "; remove it: all values are equally likely"));
            }
            else
            {
                values.Add(value);
            }
        }

        return values.Count == json.GetArrayLength() ? new ChoiceAxis(definition, values) : null;
    }

    private static RangeAxis? ReadRange(HyperparameterDefinition definition, JsonElement json, string path, SpecErrors errors)
    {
        SpecObject block = SpecObject.Open(json, path, RangeForm, errors)!;
        double? minimum = ReadEnd(definition, block, "min");
        double? maximum = ReadEnd(definition, block, "max");
        SpaceScale scale = block.TakeName("scale", EnumText.All<SpaceScale>()) is { } name && EnumText.TryParse(name, out SpaceScale named) ? named : SpaceScale.Linear;
        double? step = ReadStep(definition, block);
        block.RefuseOthers();
        if (minimum is not { } from || maximum is not { } to)
        {
            return null;
        }

        var range = new RangeAxis(definition, from, to) { Scale = scale, Step = step };
        return IsPossible(range, block) ? range : null;
    }

    private static double? ReadEnd(HyperparameterDefinition definition, SpecObject block, string key)
    {
        if (block.Take(key) is not { } json)
        {
            block.Errors.Add(block.PathOf(key), $"missing; allowed: {definition.Allowed}");
            return null;
        }

        if (!definition.TryRead(json, out object? value, out string problem))
        {
            block.Errors.Add(block.PathOf(key), problem);
            return null;
        }

        if (value is null)
        {
            block.Wrong(key, "not a number", json, definition.Allowed.Replace(", or null", "", StringComparison.Ordinal), "; write a list to choose null too");
            return null;
        }

        return Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }

    private static double? ReadStep(HyperparameterDefinition definition, SpecObject block)
    {
        if (block.Take("step") is not { } json || json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        bool isWhole = definition.Kind == HyperparameterKind.Integer;
        bool IsAllowed(double number) => double.IsFinite(number) && number > 0 && (!isWhole || number == Math.Floor(number));
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double step) && IsAllowed(step))
        {
            return step;
        }

        block.Wrong("step", "not a step", json, isWhole ? "a whole number from 1" : "a number above 0", ValueHints.Number(json, optional: true, IsAllowed));
        return null;
    }

    private static bool IsPossible(RangeAxis range, SpecObject block)
    {
        string minimum = NumberText.Format(range.Minimum), maximum = NumberText.Format(range.Maximum);
        if (range.Minimum >= range.Maximum)
        {
            string hint = range.Minimum == range.Maximum ? $"; write a single value under base: {minimum}" : $"; write min: {maximum}, max: {minimum}";
            block.Errors.Add(block.PathOf("max"), ProblemText.Of($"not above min {minimum}: {maximum}", "a number above min", hint));
            return false;
        }

        if (range.Scale == SpaceScale.Log && range.Minimum <= 0)
        {
            block.Errors.Add(block.PathOf("min"), ProblemText.Of($"not above 0: {minimum}", "a number above 0 with scale: log", "; write a min such as 1e-6, or scale: linear"));
            return false;
        }

        if (range is { Scale: SpaceScale.Log, Step: { } logStep })
        {
            block.Errors.Add(block.PathOf("step"), ProblemText.Of($"a step on a log scale: {NumberText.Format(logStep)}", "a step with scale: linear", "; remove step, or write scale: linear"));
            return false;
        }

        if (range.Step > range.Maximum - range.Minimum)
        {
            block.Errors.Add(block.PathOf("step"), ProblemText.Of(
                $"larger than the range: {NumberText.Format(range.Step.Value)}", $"a number above 0, at most {NumberText.Format(range.Maximum - range.Minimum)} (max less min)"));
            return false;
        }

        return true;
    }

    private static void Write(Utf8JsonWriter writer, RangeAxis range)
    {
        writer.WriteStartObject();
        writer.WriteNumber("min", range.Minimum);
        writer.WriteNumber("max", range.Maximum);
        if (range.Scale != SpaceScale.Linear)
        {
            writer.WriteString("scale", EnumText.Of(range.Scale));
        }

        if (range.Step is { } step)
        {
            writer.WriteNumber("step", step);
        }

        writer.WriteEndObject();
    }
}
