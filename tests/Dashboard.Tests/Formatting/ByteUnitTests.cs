using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class ByteUnitTests
{
    [Theory]
    [InlineData(0, "B")]
    [InlineData(1023, "B")]
    [InlineData(1024, "KB")]
    [InlineData(1_000_000, "KB")]
    [InlineData(1_048_576, "MB")]
    [InlineData(25_769_803_776, "GB")]
    [InlineData(1e18, "TB")]
    public void For_Size_IsTheSmallestThatNeedsNoMoreThanFourDigits(double bytes, string unit) => Assert.Equal(unit, ByteUnit.For(bytes).Name);
}
