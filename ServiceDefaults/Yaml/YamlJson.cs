using System.Buffers;
using System.Text.Json;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>YAML as another way to write JSON: what has no counterpart in JSON is refused.</summary>
public static class YamlJson
{
    /// <summary>How deep mappings and lists may stand in one another.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Reads one YAML document. Plain scalars follow the core schema of YAML 1.2 (so <c>no</c> is a string and <c>1e-3</c> a number);
    /// <c>.nan</c> and <c>.inf</c>, which JSON cannot write, become strings. Takes time in proportion to the text's length.
    /// </summary>
    /// <exception cref="YamlSyntaxException">It is not YAML, or has anchors, aliases, merge keys, tags, duplicate keys or more than one document.</exception>
    public static JsonDocument ToJson(string yaml)
    {
        var json = new ArrayBufferWriter<byte>(yaml.Length + 64);
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true }))
        {
            new YamlReader(yaml, new JsonSink(writer)).Read();
        }

        return JsonDocument.Parse(json.WrittenMemory, new JsonDocumentOptions { MaxDepth = MaxDepth + 1 });
    }

    /// <summary>Writes JSON the way that people write YAML; <see cref="ToJson"/> reads the same values back.</summary>
    public static string FromJson(JsonElement json)
    {
        using var text = new StringWriter();
        new YamlWriter(text).Write(json);
        return text.ToString();
    }
}
