using System.Text.Json;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>The classes of stored weights, where the file names them.</summary>
internal static class StoredClasses
{
    /// <summary>The text of the files of runs, a JSON list of names in the order of the outputs.</summary>
    public const string Key = "classes";

    /// <returns>Null where the file does not name them.</returns>
    public static IReadOnlyList<string>? Read(IReadOnlyDictionary<string, string> texts)
    {
        try
        {
            return texts.TryGetValue(Key, out string? json) && JsonSerializer.Deserialize<string?[]>(json) is { Length: > 0 } names && !names.Contains(null)
                ? [.. names.OfType<string>()]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
