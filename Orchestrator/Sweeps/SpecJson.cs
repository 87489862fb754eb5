using System.Text.Json;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>How the spec of a sweep is stored.</summary>
internal static class SpecJson
{
    public static string Write(SweepSpec spec) => SweepSpecWriter.ToJson(spec).GetRawText();

    /// <exception cref="FormatException">The stored text is not a sweep.</exception>
    public static SweepSpec Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return SweepSpecReader.TryRead(document.RootElement, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
            ? spec
            : throw new FormatException($"a stored sweep cannot be read: {string.Join("; ", errors.Select(e => $"{e.Key}: {e.Value[0]}"))}");
    }

    public static JsonElement ToElement(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
