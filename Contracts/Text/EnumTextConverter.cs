using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Text;

/// <summary>Writes an enum in JSON as <see cref="EnumText"/> does.</summary>
public sealed class EnumTextConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumText.TryParse(reader.GetString() ?? "", out T value)
            ? value
            : throw new JsonException($"not a value of {typeof(T).Name}; allowed: {string.Join(", ", EnumText.All<T>())}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumText.Of(value));
}
