using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Experiments.ServiceDefaults.Metrics;

/// <summary>
/// A position in a stream, written <c>milliseconds-sequence</c> as Redis does: the time makes it increase even after the stream was
/// lost and restarted.
/// </summary>
internal readonly record struct StreamPosition(long Milliseconds, long Sequence) : IComparable<StreamPosition>
{
    public static StreamPosition Beginning => default;

    /// <exception cref="ArgumentException">It is not a position.</exception>
    public static StreamPosition Parse(string text) => TryParse(text, out StreamPosition position)
        ? position
        : throw new ArgumentException($"'{text}' is not a position in a metric stream; it reads milliseconds-sequence.", nameof(text));

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamPosition position)
    {
        position = default;
        string[] parts = (text ?? "").Split('-');
        long sequence = 0;
        if (parts.Length > 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            || (parts.Length == 2 && !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out sequence)))
        {
            return false;
        }

        position = new StreamPosition(milliseconds, sequence);
        return true;
    }

    /// <summary>The first position of the current millisecond, or the next one if that is taken (or the clock was set back).</summary>
    public StreamPosition Next(DateTimeOffset now)
    {
        long milliseconds = now.ToUnixTimeMilliseconds();
        return milliseconds > Milliseconds ? new StreamPosition(milliseconds, 0) : this with { Sequence = Sequence + 1 };
    }

    public int CompareTo(StreamPosition other)
    {
        int order = Milliseconds.CompareTo(other.Milliseconds);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");
}
