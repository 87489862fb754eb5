using System.Diagnostics.CodeAnalysis;
using System.Text;
using Experiments.Contracts.Metrics;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>
/// The binary format of a batch in Redis: about 12 bytes a point instead of 120 as JSON. A version byte comes first, so that
/// services of two versions can share a stream: a reader skips unknown versions.
/// </summary>
/// <remarks>
/// version, sweep, run, attempt, the distinct metric names, the number of points; then per point its sequence, step and time as the
/// difference to the point before, the index of its name, and its value. Integers are variable-length (zigzag), time is in 100 ns.
/// </remarks>
internal static class MetricBatchCodec
{
    public const byte Version = 1;

    /// <summary>The minimum size of a point in bytes; guards against damaged counts that would exhaust the memory.</summary>
    private const int MinPointBytes = 12;

    public static byte[] Encode(MetricBatch batch)
    {
        using var buffer = new MemoryStream(64 + (batch.Points.Count * 20));
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        string[] names = [.. batch.Points.Select(point => point.Name).Distinct(StringComparer.Ordinal)];
        writer.Write(Version);
        writer.Write(batch.SweepId);
        writer.Write(batch.RunId);
        writer.Write7BitEncodedInt(batch.Attempt);
        writer.Write7BitEncodedInt(names.Length);
        foreach (string name in names)
        {
            writer.Write(name);
        }

        WritePoints(writer, batch.Points, names);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <param name="problem">Why it cannot be read, on failure.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out MetricBatch? batch, [NotNullWhen(false)] out string? problem)
    {
        (batch, problem) = (null, null);
        if (payload.IsEmpty || payload.Span[0] != Version)
        {
            problem = payload.IsEmpty ? "it is empty" : $"it has version {payload.Span[0]}, this program reads version {Version}";
            return false;
        }

        try
        {
            batch = Read(payload);
            return true;
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or OverflowException)
        {
            problem = $"it is damaged: {exception.Message}";
            return false;
        }
    }

    private static void WritePoints(BinaryWriter writer, IReadOnlyList<MetricPoint> points, string[] names)
    {
        writer.Write7BitEncodedInt(points.Count);
        (long sequence, long step, long ticks) = (0, 0, 0);
        foreach (MetricPoint point in points)
        {
            WriteDifference(writer, point.Sequence, ref sequence);
            WriteDifference(writer, point.Step, ref step);
            WriteDifference(writer, point.Time.UtcTicks, ref ticks);
            writer.Write7BitEncodedInt(Array.IndexOf(names, point.Name));
            writer.Write(point.Value);
        }
    }

    private static MetricBatch Read(ReadOnlyMemory<byte> payload)
    {
        using var buffer = new MemoryStream(payload.ToArray(), writable: false);
        using var reader = new BinaryReader(buffer, new UTF8Encoding(false, throwOnInvalidBytes: true));
        reader.ReadByte();
        string sweepId = reader.ReadString();
        string runId = reader.ReadString();
        int attempt = reader.Read7BitEncodedInt();
        var names = new string[Count(reader, 1)];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        return new MetricBatch(sweepId, runId, attempt, ReadPoints(reader, names));
    }

    private static MetricPoint[] ReadPoints(BinaryReader reader, string[] names)
    {
        var points = new MetricPoint[Count(reader, MinPointBytes)];
        (long sequence, long step, long ticks) = (0, 0, 0);
        for (int i = 0; i < points.Length; i++)
        {
            ReadDifference(reader, ref sequence);
            ReadDifference(reader, ref step);
            ReadDifference(reader, ref ticks);
            string name = NameAt(names, reader.Read7BitEncodedInt());
            double value = reader.ReadDouble();
            points[i] = double.IsFinite(value)
                ? new MetricPoint(sequence, name, step, value, new DateTimeOffset(ticks, TimeSpan.Zero))
                : throw new FormatException($"point {i} is not a finite number");
        }

        return points;
    }

    private static string NameAt(string[] names, int index) => index >= 0 && index < names.Length
        ? names[index]
        : throw new FormatException($"there is no metric name {index}");

    private static int Count(BinaryReader reader, int minBytesEach)
    {
        int count = reader.Read7BitEncodedInt();
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count >= 0 && (long)count * minBytesEach <= left
            ? count
            : throw new FormatException($"a count of {count} does not fit into {left} bytes");
    }

    private static void WriteDifference(BinaryWriter writer, long value, ref long previous)
    {
        long difference = unchecked(value - previous);
        writer.Write7BitEncodedInt64((difference << 1) ^ (difference >> 63));
        previous = value;
    }

    private static void ReadDifference(BinaryReader reader, ref long previous)
    {
        long zigzag = reader.Read7BitEncodedInt64();
        previous = unchecked(previous + ((long)((ulong)zigzag >> 1) ^ -(zigzag & 1)));
    }
}
