using System.Text.Json;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Writes the document as JSON.</summary>
internal sealed class JsonSink(Utf8JsonWriter writer) : IYamlSink
{
    public void BeginMapping(int line) => writer.WriteStartObject();

    public void Key(string name, int line) => writer.WritePropertyName(name);

    public void EndMapping() => writer.WriteEndObject();

    public void BeginList(int line) => writer.WriteStartArray();

    public void EndList() => writer.WriteEndArray();

    public void Scalar(string text, bool plain, int line)
    {
        switch (plain ? YamlScalar.TypeOf(text) : YamlScalarType.Text)
        {
            case YamlScalarType.Null:
                writer.WriteNullValue();
                break;
            case YamlScalarType.Boolean:
                writer.WriteBooleanValue(text[0] is 't' or 'T');
                break;
            case YamlScalarType.Number:
                writer.WriteRawValue(YamlScalar.ToJsonNumber(text), skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
