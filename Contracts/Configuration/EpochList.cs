using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Configuration;

/// <summary>Numbers of epochs, ascending. Equal when they hold the same numbers.</summary>
[JsonConverter(typeof(EpochListConverter))]
public sealed class EpochList(IEnumerable<int> epochs) : IEquatable<EpochList>
{
    public static EpochList Empty { get; } = new([]);

    public IReadOnlyList<int> Epochs { get; } = [.. epochs];

    public bool Equals(EpochList? other) => other is not null && Epochs.SequenceEqual(other.Epochs);

    public override bool Equals(object? obj) => Equals(obj as EpochList);

    public override int GetHashCode() => Epochs.Aggregate(Epochs.Count, HashCode.Combine);

    /// <summary>For people: <c>[10, 20]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Epochs)}]";
}

/// <summary>As an array of numbers.</summary>
public sealed class EpochListConverter : JsonConverter<EpochList>
{
    public override EpochList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

    public override void Write(Utf8JsonWriter writer, EpochList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Epochs, options);
}
