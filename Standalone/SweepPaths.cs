using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Standalone;

/// <summary>
/// The paths of data sets and weights in a sweep file are relative to the folder of the file. The Orchestrator receives full paths, since it
/// does not have the file.
/// </summary>
internal static class SweepPaths
{
    private const string Dataset = "dataset";
    private const string PathKey = "path";
    private const string Pretrained = "pretrained";

    /// <summary>The keys whose values hold hyperparameters: a mapping, or a list of mappings.</summary>
    private static readonly string[] Blocks = ["base", "grid", "space", "exclude"];

    /// <param name="spec">The content of the file.</param>
    /// <param name="file">The path of the file.</param>
    public static JsonElement Resolve(JsonElement spec, string file)
    {
        if (spec.ValueKind != JsonValueKind.Object)
        {
            return spec;
        }

        JsonObject root = JsonObject.Create(spec)!;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        bool isChanged = ResolveIn(root[Dataset] as JsonObject, PathKey, folder, IsPath);
        foreach (JsonObject block in Blocks.Select(name => root[name]).SelectMany(ObjectsOf))
        {
            isChanged |= ResolveIn(block, Pretrained, folder, text => WeightFileNames.IsPath(text) && ForeignPath.WhyNone(text) is null);
        }

        return isChanged ? JsonSerializer.SerializeToElement(root) : spec;
    }

    private static IEnumerable<JsonObject> ObjectsOf(JsonNode? node) => node switch
    {
        JsonObject block => [block],
        JsonArray list => list.OfType<JsonObject>(),
        _ => [],
    };

    /// <summary>A value, or a list of values.</summary>
    /// <returns>Whether there was a relative path.</returns>
    private static bool ResolveIn(JsonObject? block, string key, string folder, Func<string, bool> isPath)
    {
        switch (block?[key])
        {
            case JsonValue value when RelativePath(value, isPath) is { } path:
                block[key] = Path.GetFullPath(path, folder);
                return true;
            case JsonArray list:
                bool isChanged = false;
                for (int i = 0; i < list.Count; i++)
                {
                    if (list[i] is JsonValue item && RelativePath(item, isPath) is { } path)
                    {
                        list[i] = Path.GetFullPath(path, folder);
                        isChanged = true;
                    }
                }

                return isChanged;
            default:
                return false;
        }
    }

    /// <returns>Null for a value that is not a relative path, or that is refused anyway.</returns>
    private static string? RelativePath(JsonValue value, Func<string, bool> isPath) =>
        value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && isPath(text) && !text.Any(char.IsControl) && !Path.IsPathFullyQualified(text)
            ? text
            : null;

    private static bool IsPath(string text) => !string.IsNullOrWhiteSpace(text);
}
