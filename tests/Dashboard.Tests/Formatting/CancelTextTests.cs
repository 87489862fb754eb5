using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class CancelTextTests
{
    [Theory]
    [InlineData(0, 1, "1 waiting run will be cancelled")]
    [InlineData(2, 0, "2 running runs will be cancelled")]
    [InlineData(1, 16, "1 running and 16 waiting runs will be cancelled")]
    [InlineData(1200, 16, "1,200 running and 16 waiting runs will be cancelled")]
    public void OfSweep_CountsAsThePageDoesAndSaysWhatIsLostAndWhatStays(int running, int waiting, string expected)
    {
        string text = CancelText.OfSweep(new RunCounts(waiting / 2, waiting - (waiting / 2), running, Completed: 5, Failed: 1, Cancelled: 1));

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
