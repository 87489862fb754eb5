using Experiments.Contracts.Api;
using Experiments.GpuWorker.Evaluation;

namespace Experiments.GpuWorker.Tests.Evaluation;

public class ClassificationMetricsTests
{
    private static readonly string[] Classes = ["a", "b", "never"];

    /// <summary>Two of three a right, one of two b right, and a class without images or predictions.</summary>
    private static readonly SampleOutcome[] Outcomes = [Of(0, 0), Of(0, 0), Of(0, 1), Of(1, 1), Of(1, 0)];

    [Fact]
    public void Confusion_RowsAreTrueClasses_ColumnsPredicted() =>
        Assert.Equal([[2, 1, 0], [1, 1, 0], [0, 0, 0]], ClassificationMetrics.Confusion(Outcomes, 3));

    [Fact]
    public void Report_ByHand_DividesByNothingAsZero()
    {
        IReadOnlyList<ClassReport> report = ClassificationMetrics.Report(ClassificationMetrics.Confusion(Outcomes, 3), Classes);

        Assert.Equal(
            [new ClassReport("a", 2.0 / 3, 2.0 / 3, 2.0 / 3, 3), new ClassReport("b", 0.5, 0.5, 0.5, 2), new ClassReport("never", 0, 0, 0, 0)],
            report);
        Assert.Equal(7.0 / 18, ClassificationMetrics.MacroF1(report), tolerance: 1e-12);
        Assert.Equal(0.6, ClassificationMetrics.WeightedF1(report), tolerance: 1e-12);
        Assert.Equal(0.6, ClassificationMetrics.Accuracy(Outcomes), tolerance: 1e-12);
    }

    [Fact]
    public void Top5Accuracy_UpToFiveClasses_SaysNothing()
    {
        SampleOutcome[] outcomes = [new(5, [0, 1, 2, 3, 5], [0.5, 0.2, 0.1, 0.1, 0.1], 0.1), new(4, [0, 1, 2, 3, 5], [0.5, 0.2, 0.1, 0.1, 0.1], 0)];

        Assert.Null(ClassificationMetrics.Top5Accuracy(outcomes, 5));
        Assert.Equal(0.5, ClassificationMetrics.Top5Accuracy(outcomes, 6));
    }

    private static SampleOutcome Of(int actual, int predicted) => new(actual, [predicted], [0.9], actual == predicted ? 0.9 : 0.1);
}
