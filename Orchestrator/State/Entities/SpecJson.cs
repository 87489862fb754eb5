using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>How the spec of a sweep is stored.</summary>
internal static class SpecJson
{
    private const string NameKey = "name";

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

    /// <summary>As it is stored, under the name that the sweep has now.</summary>
    public static JsonElement ToElement(string json, string name)
    {
        JsonElement stored = ToElement(json);
        if (!stored.TryGetProperty(NameKey, out JsonElement known) || known.ValueEquals(name))
        {
            return stored;
        }

        JsonObject renamed = JsonObject.Create(stored)!;
        renamed[NameKey] = name;
        return JsonSerializer.SerializeToElement(renamed);
    }
}
