using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>Converts the spec of a sweep to and from its stored form.</summary>
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

    /// <summary>The stored spec, with the current name of the sweep.</summary>
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
