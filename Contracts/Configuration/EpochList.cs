using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Contracts.Configuration;

/// <summary>Numbers of epochs, ascending. Equal when they hold the same numbers.</summary>
[JsonConverter(typeof(EpochListConverter))]
public sealed class EpochList(IEnumerable<int> epochs) : IEquatable<EpochList>
{
    /// <summary>The list without epochs.</summary>
    public static EpochList Empty { get; } = new([]);

    /// <summary>Ascending; each is a number of finished epochs, at least 1.</summary>
    public IReadOnlyList<int> Epochs { get; } = [.. epochs];

    /// <inheritdoc/>
    public bool Equals(EpochList? other) => other is not null && Epochs.SequenceEqual(other.Epochs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EpochList);

    /// <inheritdoc/>
    public override int GetHashCode() => Epochs.Aggregate(Epochs.Count, HashCode.Combine);

    /// <summary>For display: <c>[10, 20]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Epochs)}]";
}

/// <summary>Converts the list from and to an array of numbers.</summary>
public sealed class EpochListConverter : JsonConverter<EpochList>
{
    /// <inheritdoc/>
    public override EpochList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EpochList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Epochs, options);
}
