using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Standalone.Progress;

namespace Experiments.Standalone.Tests.Progress;

public sealed class ResultTableTests
{
    [Fact]
    public void Write_OnEightyColumns_KeepsEveryValueWhole()
    {
        string table = Table(80, ProgressSamples.Run("a", 1, RunStatus.Completed, 0.98765));

        string row = Assert.Single(table.Split('\n'), line => line.Contains("resnet18", StringComparison.Ordinal));
        Assert.Equal(["1", "resnet18", "0.1", "0.9877", "2", "12.3", "completed"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim()).Where(word => word.Length > 0));
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void Write_FailedRun_SaysWhy() =>
        Assert.Contains(
            "failed: the loss became NaN",
            Table(200, ProgressSamples.Run("a", 1, RunStatus.Failed, failure: new RunFailure(FailureKind.Diverged, "the loss became NaN"))),
            StringComparison.Ordinal);

    [Fact]
    public void Write_FewerRunsThanThereAre_CountsTheRest() =>
        Assert.Contains("1 more", Table(100, ProgressSamples.Run("a", 1, RunStatus.Completed)), StringComparison.Ordinal);

    private static string Table(int width, params RunView[] runs) => ProgressSamples.Written(
        width, console => ResultTable.Write(console, ProgressSamples.Progress(), runs, new RunLabel(ProgressSamples.Sweep)));
}
