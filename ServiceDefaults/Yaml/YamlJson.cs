using System.Buffers;
using System.Text.Json;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Converts between YAML and JSON: YAML features without a JSON counterpart are refused.</summary>
public static class YamlJson
{
    /// <summary>The deepest nesting of mappings and lists.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Reads one YAML document. Plain scalars follow the core schema of YAML 1.2 (so <c>no</c> is a string and <c>1e-3</c> a number);
    /// <c>.nan</c> and <c>.inf</c>, which JSON cannot write, become strings. Takes linear time.
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

    /// <summary>Writes JSON as block-style YAML; <see cref="ToJson"/> reads the same values back.</summary>
    public static string FromJson(JsonElement json)
    {
        using var text = new StringWriter();
        new YamlWriter(text).Write(json);
        return text.ToString();
    }
}
