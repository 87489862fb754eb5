using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>A value of a run in a column; in JSON the value itself.</summary>
/// <param name="Value"><see cref="double"/>, <see cref="string"/>, <see cref="bool"/>, <see cref="JsonElement"/> for a list, or null for none.</param>
[JsonConverter(typeof(ColumnValueConverter))]
public readonly record struct ColumnValue(object? Value)
{
    /// <summary>Null unless it is a number.</summary>
    public double? Number => Value as double?;
}

/// <summary>Reads and writes plain values without allocating a JSON document for each of tens of thousands.</summary>
public sealed class ColumnValueConverter : JsonConverter<ColumnValue>
{
    /// <summary>True: JSON's null is a value of a column too.</summary>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override ColumnValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => new ColumnValue(null),
        JsonTokenType.Number => new ColumnValue(reader.GetDouble()),
        JsonTokenType.String => new ColumnValue(reader.GetString()),
        JsonTokenType.True => new ColumnValue(true),
        JsonTokenType.False => new ColumnValue(false),
        _ => new ColumnValue(JsonElement.ParseValue(ref reader)),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ColumnValue value, JsonSerializerOptions options)
    {
        switch (value.Value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            default:
                throw new JsonException($"not a value of a column: {value.Value.GetType().Name}");
        }
    }
}
