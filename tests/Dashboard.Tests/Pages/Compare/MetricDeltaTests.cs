using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class MetricDeltaTests
{
    [Theory]
    [InlineData("validation/accuracy", 0.95, 0.9, Verdict.Better, "+0.0500", "▲")]
    [InlineData("validation/accuracy", 0.85, 0.9, Verdict.Worse, "−0.0500", "▽")]
    [InlineData("validation/loss", 0.5, 0.75, Verdict.Better, "−0.2500", "▼")]
    [InlineData("validation/loss", 0.0519, 0.058214, Verdict.Better, "−0.0063", "▼")]
    [InlineData("validation/loss", 0.5, 0.500001, Verdict.Better, "−1e-6", "▼")]
    [InlineData("validation/loss", 0.75, 0.5, Verdict.Worse, "+0.2500", "△")]
    [InlineData("system/imagesPerSecond", 2000, 1000, Verdict.Better, "+1,000", "▲")]
    [InlineData("validation/loss", 0.5, 0.5, Verdict.Neutral, "±0.0000", "")]
    [InlineData("learningRate", 0.5, 0.25, Verdict.Neutral, "+0.2500", "")]
    public void Of_Values_TellsByTheMetricsGoal(string metric, double value, double baseline, Verdict verdict, string text, string arrow)
    {
        MetricDelta delta = MetricDelta.Of(metric, value, baseline)!;

        Assert.Equal((verdict, arrow), (delta.Verdict, delta.Arrow));
        Assert.StartsWith(text, delta.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_MissingValue_IsNothing()
    {
        Assert.Null(MetricDelta.Of("validation/loss", null, 1));
        Assert.Null(MetricDelta.Of("validation/loss", 1, null));
        Assert.Null(MetricDelta.Of("validation/loss", double.NaN, 1));
    }
}
