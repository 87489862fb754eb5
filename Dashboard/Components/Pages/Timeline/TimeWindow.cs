using System.Globalization;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>A time range. Pure.</summary>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    /// <summary>Null unless both are times, the first before the second.</summary>
    public static TimeWindow? Parse(string? from, string? to) =>
        Time(from) is { } start && Time(to) is { } end && start < end ? new TimeWindow(start, end) : null;

    /// <summary>The format of addresses and Plotly: UTC with milliseconds.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public bool Touches(DateTimeOffset start, DateTimeOffset end) => start <= To && end >= From;

    /// <summary>The range extended on both sides, for panning.</summary>
    public TimeWindow Wider(TimeSpan margin) => new(From - margin, To + margin);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year is > 1 and < 9999 ? time : null;
}
