using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Sweeps;

/// <summary>Reads the blocks of a sweep whose keys are hyperparameters: <c>base</c>, <c>grid</c>, <c>space</c> and the elements of <c>exclude</c>.</summary>
internal static class HyperparameterBlocks
{
    private static readonly string[] SweepKeys = ["name", "dataset", "objective", "base", "grid", "space", "search", "stopping", "exclude", "priority", "maxAttempts", "maxConcurrency", "reuse", "share", "tags", "maxRuns"];

    public static List<Assignment> ReadAssignments(JsonElement json, string path, SpecErrors errors)
    {
        var assignments = new List<Assignment>();
        foreach ((HyperparameterDefinition definition, JsonElement value, string at) in Entries(json, path, "{ epochs: 5, batchSize: 64 }", errors))
        {
            if (TryReadValue(definition, value, at, errors, out object? read))
            {
                assignments.Add(new Assignment(definition, read));
            }
        }

        return assignments;
    }

    public static List<GridAxis> ReadAxes(JsonElement json, string path, SpecErrors errors)
    {
        var axes = new List<GridAxis>();
        foreach ((HyperparameterDefinition definition, JsonElement value, string at) in Entries(json, path, "{ learningRate: [1e-3, 3e-4] }", errors))
        {
            if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            {
                bool isList = value.ValueKind == JsonValueKind.Array;
                errors.Add(at, ProblemText.Of(
                    $"{(isList ? "empty list" : "not a list")}: {ProblemText.Quote(value)}", $"a list with at least one value, each {definition.Allowed}", isList ? "" : ValueHints.List(value)));
                continue;
            }

            axes.Add(new GridAxis(definition, ReadValues(definition, value, at, errors)));
        }

        return axes;
    }

    public static List<Exclusion> ReadExclusions(JsonElement json, string path, SpecErrors errors)
    {
        var exclusions = new List<Exclusion>();
        if (json.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, ProblemText.Of($"not a list: {ProblemText.Quote(json)}", "a list such as [ { model: small_cnn, freezeEpochs: 2 } ]", ValueHints.InAList(json)));
            return exclusions;
        }

        foreach ((int index, JsonElement element) in json.EnumerateArray().Index())
        {
            string at = $"{path}[{index}]";
            List<GridAxis> matches = ReadMatches(element, at, errors);
            if (matches.Count > 0)
            {
                exclusions.Add(new Exclusion(matches));
            }
            else if (element.ValueKind == JsonValueKind.Object && !element.EnumerateObject().Any())
            {
                errors.Add(at, "empty: {}; allowed: at least one hyperparameter, or every combination would be left out");
            }
        }

        return exclusions;
    }

    private static List<GridAxis> ReadMatches(JsonElement json, string path, SpecErrors errors)
    {
        var matches = new List<GridAxis>();
        foreach ((HyperparameterDefinition definition, JsonElement value, string at) in Entries(json, path, "{ model: small_cnn, freezeEpochs: 2 }", errors))
        {
            // A list may be a single value (milestones) or several values.
            if (definition.TryRead(value, out object? single, out _))
            {
                matches.Add(new GridAxis(definition, [single]));
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                matches.Add(new GridAxis(definition, ReadValues(definition, value, at, errors)));
            }
            else
            {
                TryReadValue(definition, value, at, errors, out _);
            }
        }

        return matches;
    }

    /// <summary>The known hyperparameters of a block with their values and paths; others are reported.</summary>
    public static IEnumerable<(HyperparameterDefinition Definition, JsonElement Value, string Path)> Entries(
        JsonElement json, string path, string example, SpecErrors errors)
    {
        if (SpecObject.Open(json, path, $"hyperparameters, such as {example}", errors) is not { } block)
        {
            yield break;
        }

        foreach ((string key, JsonElement value) in block.Entries)
        {
            if (HyperparameterCatalog.Find(key) is { } definition)
            {
                yield return (definition, value, block.PathOf(key));
            }
            else
            {
                block.Unknown(key, HyperparameterCatalog.Names, SweepKeys.Contains(key) ? $"; {key} belongs next to base and grid, not inside" : null);
            }
        }
    }

    private static List<object?> ReadValues(HyperparameterDefinition definition, JsonElement list, string path, SpecErrors errors)
    {
        var values = new List<object?>(list.GetArrayLength());
        int index = 0;
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (definition.TryRead(element, out object? value, out string problem))
            {
                values.Add(value);
            }
            else
            {
                errors.Add($"{path}[{index}]", problem);
            }

            index++;
        }

        return values;
    }

    private static bool TryReadValue(HyperparameterDefinition definition, JsonElement json, string path, SpecErrors errors, out object? value)
    {
        if (definition.TryRead(json, out value, out string problem))
        {
            return true;
        }

        errors.Add(path, problem);
        return false;
    }
}
