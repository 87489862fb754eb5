using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class CancelTextTests
{
    [Theory]
    [InlineData(1, "1 unfinished run will be cancelled")]
    [InlineData(1200, "1,200 unfinished runs will be cancelled")]
    public void OfSweep_SaysWhatIsLostAndWhatStays(int unfinished, string expected)
    {
        string text = CancelText.OfSweep(unfinished);

        Assert.StartsWith(expected, text, StringComparison.Ordinal);
        Assert.Contains("lose their checkpoints", text, StringComparison.Ordinal);
        Assert.Contains("artifacts", text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfRun_ThatHasTrained_SaysThatItStartsOver() =>
        Assert.Contains("after 3 of 10 epochs, and its checkpoint is deleted", CancelText.OfRun(3, 10), StringComparison.Ordinal);

    [Fact]
    public void OfRun_WithoutAnEpoch_LosesNothing() => Assert.DoesNotContain("deleted", CancelText.OfRun(0, 10), StringComparison.Ordinal);
}
