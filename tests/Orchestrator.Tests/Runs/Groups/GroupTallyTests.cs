using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Groups;

namespace Experiments.Orchestrator.Tests.Runs.Groups;

public sealed class GroupTallyTests
{
    private static readonly ObjectiveSpec Accuracy = new("validation/accuracy", Goal.Maximize);

    [Fact]
    public void Groups_RunsOfTwoModels_HaveMeanDeviationAndBest()
    {
        IReadOnlyList<RunGroup> groups = Tally(
            ["model"],
            new("[\"a\"]", "r1", 1, (int)RunStatus.Completed, 0.5),
            new("[\"a\"]", "r2", 2, (int)RunStatus.Completed, 0.7),
            new("[\"a\"]", "r3", 3, (int)RunStatus.Failed, null),
            new("[\"b\"]", "r4", 4, (int)RunStatus.Running, 0.9));

        RunGroup first = groups.Single(group => group.Values["model"].GetString() == "a");
        Assert.Equal((2, 0.6, "r2", 2), (first.Measured, Math.Round(first.Mean!.Value, 12), first.BestRunId, first.BestCell));
        Assert.Equal(Math.Sqrt(0.02), first.Deviation!.Value, tolerance: 1e-12);
        Assert.Equal((3, 2, 1), (first.Counts.Total, first.Counts.Completed, first.Counts.Failed));
        RunGroup second = groups.Single(group => group.Values["model"].GetString() == "b");
        Assert.Equal((1, 0.9, null), (second.Measured, second.Mean, second.Deviation));
    }

    [Fact]
    public void Groups_EqualRuns_NameTheFirstCellWhateverTheirOrder()
    {
        RunGroup group = Assert.Single(Tally([], new GroupedRun("[]", "r9", 9, 3, 0.5), new("[]", "r2", 2, 3, 0.5), new("[]", "r5", 5, 3, 0.5)));

        Assert.Equal("r2", group.BestRunId);
    }

    [Fact]
    public void Groups_ValueThatIsNoNumber_IsNotCounted()
    {
        RunGroup group = Assert.Single(Tally([], new GroupedRun("[]", "r1", 1, 3, double.NaN), new("[]", "r2", 2, 3, 0.5)));

        Assert.Equal((1, 0.5, 2), (group.Measured, group.Mean, group.Counts.Total));
    }

    [Fact]
    public void Groups_SeveralKeys_WriteTheConditionOfTheirRuns()
    {
        RunGroup group = Assert.Single(Tally(["model", "learningRate", "gradientClipping"], new GroupedRun("[\"resnet18\",0.001,null]", "r1", 1, 3, 0.5)));

        Assert.Equal("model = resnet18 and learningRate = 0.001 and gradientClipping = auto", group.Filter);
    }

    [Theory]
    [InlineData(Goal.Maximize, "b a c")]
    [InlineData(Goal.Minimize, "a b c")]
    public void Sort_Default_PutsTheBestMeanFirstAndNoneLast(Goal goal, string expected)
    {
        IReadOnlyList<RunGroup> groups = Tally(
            ["model"], new("[\"c\"]", "r1", 1, 3, null), new("[\"a\"]", "r2", 2, 3, 0.1), new("[\"b\"]", "r3", 3, 3, 0.2));

        IEnumerable<string?> sorted = GroupSort.Default(Accuracy with { Goal = goal }).Apply(groups).Select(group => group.Values["model"].GetString());

        Assert.Equal(expected, string.Join(' ', sorted));
    }

    [Theory]
    [InlineData("learningRate", "0.001 0.01 0.1")]
    [InlineData("-learningRate", "0.1 0.01 0.001")]
    [InlineData("-runs", "0.01 0.1 0.001")]
    public void Sort_ByKey_ComparesNumbersAsNumbers(string order, string expected)
    {
        IReadOnlyList<RunGroup> groups = Tally(
            ["learningRate"], new("[0.1]", "r1", 1, 3, 0.1), new("[0.01]", "r2", 2, 3, 0.2), new("[0.01]", "r3", 3, 3, 0.2), new("[0.001]", "r4", 4, 3, 0.1));

        IEnumerable<string> sorted = GroupSort.Parse(order, ["learningRate"], out _)!.Apply(groups).Select(group => group.Values["learningRate"].GetRawText());

        Assert.Equal(expected, string.Join(' ', sorted));
    }

    [Fact]
    public void Deviation_SmallRelativeToTheMean_KeepsItsDigits()
    {
        var statistics = new RunningStatistics();
        foreach (double value in (double[])[1e9 + 1, 1e9 + 2, 1e9 + 3])
        {
            statistics.Add(value);
        }

        Assert.Equal(1, statistics.Deviation!.Value, tolerance: 1e-9);
    }

    private static IReadOnlyList<RunGroup> Tally(IReadOnlyList<string> by, params GroupedRun[] runs)
    {
        var tally = new GroupTally(by, Accuracy);
        foreach (GroupedRun run in runs)
        {
            tally.Add(run);
        }

        return tally.Groups();
    }
}
