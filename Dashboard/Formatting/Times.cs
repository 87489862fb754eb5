using System.Globalization;

namespace Experiments.Dashboard.Formatting;

/// <summary>Formats times.</summary>
public static class Times
{
    /// <summary>How long ago, or how far ahead: <c>just now</c>, <c>in a moment</c>, <c>5 min ago</c>, <c>in 2 h</c>; after four weeks the date.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan ago = now - time;
        if (ago.Duration() < TimeSpan.FromSeconds(5))
        {
            return ago >= TimeSpan.Zero ? "just now" : "in a moment";
        }

        if (ago.Duration() >= TimeSpan.FromDays(28))
        {
            return Date(time);
        }

        string distance = Coarse(ago.Duration());
        return ago > TimeSpan.Zero ? $"{distance} ago" : $"in {distance}";
    }

    /// <summary>The day: <c>2026-03-01</c>.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The time of day: <c>14:05:09</c>.</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Both: <c>2026-03-01 14:05:09</c>; <see cref="Exact"/> shows the zone on hover.</summary>
    public static string Full(DateTimeOffset time) => $"{Date(time)} {Clock(time)}";

    /// <summary>The exact time with its zone: <c>2026-03-01 14:05:09 UTC</c>.</summary>
    public static string Exact(DateTimeOffset time) => $"{Full(time)} UTC";

    /// <summary>The machine-readable form for HTML.</summary>
    public static string Attribute(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A length of time in its two largest units: <c>42 s</c>, <c>3 min 12 s</c>, <c>2 h 05 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Length(TimeSpan length)
    {
        TimeSpan whole = TimeSpan.FromSeconds(Math.Max(0, Math.Floor(length.TotalSeconds)));
        return whole switch
        {
            { TotalSeconds: < 60 } => $"{whole.Seconds} s",
            { TotalMinutes: < 60 } => $"{whole.Minutes} min {whole.Seconds:00} s",
            { TotalHours: < 24 } => $"{whole.Hours} h {whole.Minutes:00} min",
            _ => $"{whole.Days} d {whole.Hours} h",
        };
    }

    /// <summary>Like <see cref="Length"/>; "–" for none.</summary>
    public static string LengthOrNone(TimeSpan? length) => length is { } known ? Length(known) : "–";

    private static string Coarse(TimeSpan length) => length switch
    {
        { TotalSeconds: < 60 } => $"{(int)length.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)length.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)length.TotalHours} h",
        { TotalDays: < 2 } => "1 day",
        _ => $"{(int)length.TotalDays} days",
    };
}
