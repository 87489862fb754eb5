using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>A point of a curve; in JSON the array <c>[step, value, time]</c>, or <c>[step, value]</c> where nobody asked for the time.</summary>
[JsonConverter(typeof(SeriesPointConverter))]
public readonly record struct SeriesPoint(long Step, double Value, DateTimeOffset Time)
{
    /// <summary>A curve for somebody who does not ask for times: they are two thirds of what is sent.</summary>
    public static IReadOnlyList<SeriesPoint> WithoutTimes(IReadOnlyList<SeriesPoint> points) => [.. points.Select(point => point with { Time = default })];
}

/// <summary>Writes a point as an array, a third of the size of an object.</summary>
public sealed class SeriesPointConverter : JsonConverter<SeriesPoint>
{
    public override SeriesPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a point is an array: [step, value, time]");
        }

        reader.Read();
        long step = reader.GetInt64();
        reader.Read();
        double value = reader.GetDouble();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new SeriesPoint(step, value, default);
        }

        DateTimeOffset time = reader.GetDateTimeOffset();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new SeriesPoint(step, value, time)
            : throw new JsonException("a point has at most three elements: [step, value, time]");
    }

    public override void Write(Utf8JsonWriter writer, SeriesPoint value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Step);
        writer.WriteNumberValue(value.Value);
        if (value.Time != default)
        {
            writer.WriteStringValue(value.Time.UtcDateTime);
        }

        writer.WriteEndArray();
    }
}
