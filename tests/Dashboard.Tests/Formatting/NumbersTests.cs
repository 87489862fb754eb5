using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.5, "0.5000")]
    [InlineData(0.061384, "0.06138")]
    [InlineData(2.302585, "2.303")]
    [InlineData(-12.3456, "-12.35")]
    [InlineData(134.62238, "134.6")]
    [InlineData(1234.4, "1,234")]
    [InlineData(0.00012347, "0.0001235")]
    [InlineData(0.00001, "1e-5")]
    [InlineData(123456789, "1.235e8")]
    public void Significant_AnyNumber_ShowsFourDigitsThatMatter(double value, string expected) =>
        Assert.Equal(expected, Numbers.Significant(value));

    [Theory]
    [InlineData("validation/accuracy", 0.97777, "0.9778")]
    [InlineData("train/accuracy", 1.0, "1.0000")]
    [InlineData("train/loss", 0.97777, "0.9778")]
    [InlineData("train/loss", 2.302585, "2.3026")]
    [InlineData("train/loss", 0.061384, "0.0614")]
    [InlineData("learningRate", 0.0003, "0.0003000")]
    [InlineData("train/loss", 12.0, "12.00")]
    [InlineData("system/deviceMemoryBytes", 1610612736.0, "1.5 GB")]
    [InlineData("system/deviceUtilization", 0.784, "78 %")]
    [InlineData("compression/sparsity", 0.995, "99.5 %")]
    [InlineData("system/imagesPerSecond", 537.4, "537.4/s")]
    [InlineData("system/epochSeconds", 0.1523, "0.1523 s")]
    [InlineData("system/epochSeconds", 192.4, "3 min 12 s")]
    [InlineData("train/loss", null, "–")]
    public void Metric_ByName_ShowsItsDigits(string name, double? value, string expected) =>
        Assert.Equal(expected, Numbers.Metric(name, value));

    [Theory]
    [InlineData("system/deviceUtilization", 0.05, 0.4, "5 %")]
    [InlineData("train/loss", 0.05, 0.4, "0.0500")]
    [InlineData("system/deviceMemoryBytes", 1536, 4096, "1.5 KB")]
    public void Distance_ByName_HasTheUnitOfItsMetric(string name, double distance, double beside, string expected) =>
        Assert.Equal(expected, Numbers.Distance(name, distance, beside));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(812, "812 B")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(44_700_000, "42.6 MB")]
    [InlineData(1_202_590_843, "1.12 GB")]
    [InlineData(1_048_400, "1 MB")]
    [InlineData(25_276_518_400, "23.5 GB")]
    public void Bytes_AnySize_PicksItsUnit(long bytes, string expected) => Assert.Equal(expected, Numbers.Bytes(bytes));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1000, "1.00 k")]
    [InlineData(145_578, "145.58 k")]
    [InlineData(1_814_073_344, "1.81 G")]
    public void Compact_AnyCount_ShowsTwoDecimals(long value, string expected) => Assert.Equal(expected, Numbers.Compact(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(62_006, "62.0 k")]
    [InlineData(999_499, "999 k")]
    [InlineData(999_500, "1.00 M")]
    [InlineData(11_181_642, "11.2 M")]
    [InlineData(139_611_210, "140 M")]
    public void Rough_AnyCount_ShowsThreeDigits(long value, string expected) => Assert.Equal(expected, Numbers.Rough(value));
}
