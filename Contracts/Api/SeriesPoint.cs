using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>
/// A point of a curve; in JSON the array <c>[step, value, time]</c>, or <c>[step, value]</c> without the time, or, if the attempt was requested,
/// <c>[step, value, time or null, attempt]</c>.
/// </summary>
/// <param name="Attempt">The attempt that measured it; 0 when it is not included.</param>
[JsonConverter(typeof(SeriesPointConverter))]
public readonly record struct SeriesPoint(long Step, double Value, DateTimeOffset Time, int Attempt = 0)
{
    /// <summary>The curve reduced to what was requested: times would be two thirds of the response.</summary>
    public static IReadOnlyList<SeriesPoint> Select(IReadOnlyList<SeriesPoint> points, bool withTimes, bool withAttempts) =>
        withTimes && withAttempts
            ? points
            : [.. points.Select(point => new SeriesPoint(point.Step, point.Value, withTimes ? point.Time : default, withAttempts ? point.Attempt : 0))];
}

/// <summary>Writes a point as an array, a third of the size of an object.</summary>
public sealed class SeriesPointConverter : JsonConverter<SeriesPoint>
{
    /// <inheritdoc/>
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

        DateTimeOffset time = reader.TokenType == JsonTokenType.Null ? default : reader.GetDateTimeOffset();
        reader.Read();
        int attempt = 0;
        if (reader.TokenType != JsonTokenType.EndArray)
        {
            attempt = reader.GetInt32();
            reader.Read();
        }

        return reader.TokenType == JsonTokenType.EndArray
            ? new SeriesPoint(step, value, time, attempt)
            : throw new JsonException("a point has at most four elements: [step, value, time, attempt]");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SeriesPoint value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Step);
        writer.WriteNumberValue(value.Value);
        if (value.Time != default)
        {
            writer.WriteStringValue(value.Time.UtcDateTime);
        }
        else if (value.Attempt != 0)
        {
            writer.WriteNullValue();
        }

        if (value.Attempt != 0)
        {
            writer.WriteNumberValue(value.Attempt);
        }

        writer.WriteEndArray();
    }
}
