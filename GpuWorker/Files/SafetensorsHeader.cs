using System.Text.Json;

namespace Experiments.GpuWorker.Files;

/// <summary>The location of one tensor in a safetensors file.</summary>
/// <param name="Begin">Bytes from the end of the header.</param>
/// <param name="End">The first byte after it.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, long[] Shape, long Begin, long End);

/// <summary>
/// The JSON in front of the tensors (https://github.com/huggingface/safetensors, "Format"): per tensor its type, shape and place, and
/// a map of texts under <c>__metadata__</c>.
/// </summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    /// <summary>The header's bytes, padded with spaces so that the tensors begin at a multiple of 8.</summary>
    public byte[] Serialize()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName(MetadataKey);
            JsonSerializer.Serialize(json, Metadata);
            foreach (SafetensorsEntry entry in Entries)
            {
                json.WritePropertyName(entry.Name);
                JsonSerializer.Serialize(json, new { dtype = entry.Type.Name, shape = entry.Shape, data_offsets = new[] { entry.Begin, entry.End } });
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    /// <param name="dataBytes">The number of bytes after the header.</param>
    /// <exception cref="SafetensorsException">It is not a valid header, or does not match the data.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> utf8, long dataBytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(utf8);
            JsonProperty[] properties = [.. json.RootElement.EnumerateObject()];
            var header = new SafetensorsHeader(
                [.. properties.Where(property => property.Name != MetadataKey).Select(Read).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)],
                properties.Where(property => property.Name == MetadataKey)
                    .SelectMany(property => property.Value.EnumerateObject())
                    .ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? ""));
            header.CheckLayout(dataBytes);
            return header;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new SafetensorsException($"its header is damaged: {e.Message}", e);
        }
    }

    private static SafetensorsEntry Read(JsonProperty property)
    {
        JsonElement offsets = property.Value.GetProperty("data_offsets");
        return new SafetensorsEntry(
            property.Name,
            SafetensorsType.Parse(property.Value.GetProperty("dtype").GetString() ?? ""),
            [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
            offsets[0].GetInt64(),
            offsets[1].GetInt64());
    }

    /// <summary>Checks that the tensors cover the data without gaps or overlaps, and that their lengths match their shapes, as the format requires.</summary>
    private void CheckLayout(long dataBytes)
    {
        long end = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in Entries)
        {
            if (!names.Add(entry.Name))
            {
                throw new SafetensorsException($"tensor \"{entry.Name}\" occurs twice");
            }

            if (entry.Begin != end || entry.End < entry.Begin || LengthOf(entry) != entry.End - entry.Begin)
            {
                throw new SafetensorsException(
                    $"tensor \"{entry.Name}\" of type {entry.Type.Name} and shape [{string.Join(", ", entry.Shape)}] does not fit bytes {entry.Begin} to {entry.End}");
            }

            end = entry.End;
        }

        if (end != dataBytes)
        {
            throw new SafetensorsException($"its tensors take {end:N0} bytes, but it has {dataBytes:N0} for them: it is cut short or altered");
        }
    }

    /// <summary>Bytes by type and shape; -1 for an invalid shape.</summary>
    private static Int128 LengthOf(SafetensorsEntry entry)
    {
        // To compute strides, libtorch multiplies the sizes of empty tensors too.
        Int128 extent = entry.Type.Bytes;
        foreach (long size in entry.Shape)
        {
            extent = size < 0 || extent < 0 || extent * Math.Max(size, 1) > long.MaxValue ? -1 : extent * Math.Max(size, 1);
        }

        return extent > 0 && entry.Shape.Contains(0) ? 0 : extent;
    }
}
