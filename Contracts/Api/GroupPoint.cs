using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>The values of a group's runs at one step; in JSON the array <c>[step, mean, deviation or null, runs]</c>.</summary>
/// <param name="Deviation">The standard deviation of the sample (n − 1); null for fewer than two runs.</param>
/// <param name="Runs">How many runs have a value there: fewer at the end if some stopped early or are still training.</param>
[JsonConverter(typeof(GroupPointConverter))]
public readonly record struct GroupPoint(long Step, double Mean, double? Deviation, int Runs);

/// <summary>Writes a point as an array, a third of the size of an object.</summary>
public sealed class GroupPointConverter : JsonConverter<GroupPoint>
{
    /// <inheritdoc/>
    public override GroupPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a point of a group is an array: [step, mean, deviation, runs]");
        }

        reader.Read();
        long step = reader.GetInt64();
        reader.Read();
        double mean = reader.GetDouble();
        reader.Read();
        double? deviation = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
        reader.Read();
        int runs = reader.GetInt32();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            ? new GroupPoint(step, mean, deviation, runs)
            : throw new JsonException("a point of a group has four elements: [step, mean, deviation, runs]");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GroupPoint value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Step);
        writer.WriteNumberValue(value.Mean);
        JsonSerializer.Serialize(writer, value.Deviation, options);
        writer.WriteNumberValue(value.Runs);
        writer.WriteEndArray();
    }
}
