using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Standalone;

/// <summary>A path in a sweep file is relative to the folder of the file. What is sent to the Orchestrator is a full path: it does not know the file.</summary>
internal static class SweepPaths
{
    private const string Dataset = "dataset";
    private const string PathKey = "path";

    /// <param name="spec">As it stands in the file.</param>
    /// <param name="file">The path of the file.</param>
    public static JsonElement Resolve(JsonElement spec, string file)
    {
        if (RelativePathOf(spec) is not { } relative)
        {
            return spec;
        }

        JsonObject root = JsonObject.Create(spec)!;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        root[Dataset]![PathKey] = Path.GetFullPath(relative, folder);
        return JsonSerializer.SerializeToElement(root);
    }

    /// <returns>Null where there is none, or one that is refused anyway.</returns>
    private static string? RelativePathOf(JsonElement spec) =>
        spec.ValueKind == JsonValueKind.Object
        && spec.TryGetProperty(Dataset, out JsonElement dataset) && dataset.ValueKind == JsonValueKind.Object
        && dataset.TryGetProperty(PathKey, out JsonElement path) && path.ValueKind == JsonValueKind.String
        && path.GetString() is { } text && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl) && !Path.IsPathFullyQualified(text)
            ? text
            : null;
}
