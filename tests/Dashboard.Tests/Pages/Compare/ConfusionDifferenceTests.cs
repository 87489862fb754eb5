using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Compare;
using Experiments.Dashboard.Tests.Pages.Evaluation;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class ConfusionDifferenceTests
{
    [Fact]
    public void Of_SameImages_CountsThem()
    {
        // The left run predicts class 0 for class 1 twice; the right one does not.
        ConfusionDifference difference = ConfusionDifference.Of(EvaluationSamples.Report(), Perfect(4))!;

        Assert.False(difference.IsPercent);
        Assert.Equal([(1, 0, -2.0), (1, 1, 2.0)], difference.Cells.Select(cell => (cell.Actual, cell.Predicted, cell.Difference)));
        Assert.All(difference.Cells, cell => Assert.True(cell.IsBetter));
        Assert.All(ConfusionDifference.Of(Perfect(4), EvaluationSamples.Report())!.Cells, cell => Assert.False(cell.IsBetter));
    }

    [Fact]
    public void Of_DifferentNumbersOfImages_ComparesShares()
    {
        ConfusionDifference difference = ConfusionDifference.Of(EvaluationSamples.Report(), Perfect(8))!;

        Assert.True(difference.IsPercent);
        Assert.Equal([-50.0, 50.0], difference.Cells.Select(cell => cell.Difference));
    }

    [Fact]
    public void Of_OtherClasses_IsNothing() => Assert.Null(ConfusionDifference.Of(EvaluationSamples.Report(6), EvaluationSamples.Report(7)));

    private static EvaluationReport Perfect(int perClass) => EvaluationSamples.Report() with
    {
        Confusion = [.. Enumerable.Range(0, 6).Select(row => Enumerable.Range(0, 6).Select(column => row == column ? perClass : 0).ToArray())],
    };
}
