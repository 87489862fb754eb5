using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Configuration;

/// <summary>Reads and writes the <c>dataset</c> block: a name, or a mapping with a name.</summary>
internal static class DatasetBlock
{
    private const int LongestPath = 4096;
    private const int LargestLimit = 1_000_000_000;
    private static readonly NumberRange OpenFraction = new(0, 1, MinimumExcluded: true, MaximumExcluded: true);

    private static string Example => $"one of {string.Join(", ", DatasetCatalog.Names)}, or {{ name: imagefolder, path: /data/flowers, … }}";

    /// <returns>Null if it cannot be read; problems are in <paramref name="errors"/>.</returns>
    public static DatasetSpec? Read(JsonElement? json, SpecErrors errors)
    {
        switch (json?.ValueKind)
        {
            case null:
                errors.Add("dataset", $"missing; allowed: {Example}");
                return null;
            case JsonValueKind.String:
                return ReadName(json.Value, errors);
            default:
                return SpecObject.Open(json.Value, "dataset", Example, errors) is { } block ? ReadBlock(block) : null;
        }
    }

    public static void Write(Utf8JsonWriter writer, DatasetSpec dataset)
    {
        if (dataset == new DatasetSpec { Name = dataset.Name })
        {
            writer.WriteStringValue(dataset.Name);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name", dataset.Name);
        if (dataset.Path is not null)
        {
            writer.WriteString("path", dataset.Path);
        }

        if (dataset.ValidationFraction != DatasetSpec.DefaultValidationFraction)
        {
            writer.WriteNumber("validationFraction", dataset.ValidationFraction);
        }

        if (dataset.Limit is { } limit)
        {
            writer.WriteNumber("limit", limit);
        }

        if (dataset.SkipCorrupt)
        {
            writer.WriteBoolean("skipCorrupt", true);
        }

        writer.WriteEndObject();
    }

    private static DatasetSpec? ReadName(JsonElement json, SpecErrors errors)
    {
        // The same checks as for { name: … }, with the problem reported at the key that the user wrote.
        using JsonDocument wrapped = JsonSerializer.SerializeToDocument(new Dictionary<string, JsonElement> { ["dataset"] = json });
        if (json.GetString()!.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            errors.Add("dataset", ProblemText.Of($"not a name: {ProblemText.Quote(json)}", Example, $"; write {{ name: imagefolder, path: {json.GetString()} }}"));
            return null;
        }

        SpecObject holder = SpecObject.Open(wrapped.RootElement, SpecErrors.Root, "", errors)!;
        return holder.TakeName("dataset", DatasetCatalog.Names) is { } name ? CheckPath(new DatasetSpec { Name = name }, errors) : null;
    }

    private static DatasetSpec? ReadBlock(SpecObject block)
    {
        string? name = block.TakeName("name", DatasetCatalog.Names);
        var dataset = new DatasetSpec
        {
            Name = name ?? "",
            Path = block.TakeText("path", LongestPath),
            ValidationFraction = block.TakeNumber("validationFraction", DatasetSpec.DefaultValidationFraction, OpenFraction),
            Limit = block.TakeOptionalInteger("limit", 1, LargestLimit),
            SkipCorrupt = block.TakeFlag("skipCorrupt", false),
        };
        block.RefuseOthers();
        if (name is null && block.Entries.All(entry => entry.Key != "name"))
        {
            block.Errors.Add("dataset.name", $"missing; allowed: {string.Join(", ", DatasetCatalog.Names)}");
        }

        return name is null ? null : CheckPath(dataset, block.Errors);
    }

    private static DatasetSpec CheckPath(DatasetSpec dataset, SpecErrors errors)
    {
        DatasetInfo info = DatasetCatalog.Find(dataset.Name)!;
        if (info.NeedsPath && dataset.Path is null)
        {
            errors.Add("dataset.path", $"missing; allowed: the folder that holds the files of {dataset.Name}");
        }
        else if (!info.TakesPath && dataset.Path is not null)
        {
            errors.Add("dataset.path", $"not used: \"{dataset.Path}\"; allowed: nothing, {dataset.Name} is built in");
        }

        return dataset;
    }
}
