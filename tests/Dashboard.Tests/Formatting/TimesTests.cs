using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class TimesTests
{
    [Theory]
    [InlineData(0, "just now")]
    [InlineData(4, "just now")]
    [InlineData(-4, "in a moment")]
    [InlineData(30, "30 s ago")]
    [InlineData(-30, "in 30 s")]
    [InlineData(90, "1 min ago")]
    [InlineData(7200, "2 h ago")]
    [InlineData(86400, "1 day ago")]
    [InlineData(-3 * 86400, "in 3 days")]
    [InlineData(40 * 86400, "2026-01-20")]
    public void Relative_SecondsAgo_SaysHowLong(int secondsAgo, string expected) =>
        Assert.Equal(expected, Times.Relative(Samples.Time.AddSeconds(-secondsAgo), Samples.Time));

    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(42.9, "42 s")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(273600, "3 d 4 h")]
    public void Length_Seconds_ShowsTwoUnits(double seconds, string expected) =>
        Assert.Equal(expected, Times.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Full_OtherTimeZone_IsInUtcAsWell() => Assert.Equal("2026-03-01 12:00:00", Times.Full(Samples.Time.ToOffset(TimeSpan.FromHours(5))));

    [Fact]
    public void Exact_OtherTimeZone_IsInUtc() =>
        Assert.Equal("2026-03-01 12:00:00 UTC", Times.Exact(Samples.Time.ToOffset(TimeSpan.FromHours(5))));
}
