using Experiments.Contracts.Api;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Classification metrics as in scikit-learn's <c>confusion_matrix</c> and <c>classification_report</c>, over all classes of the data set.</summary>
internal static class ClassificationMetrics
{
    /// <returns>Numbers of images: a row per true class, a column per predicted one.</returns>
    public static int[][] Confusion(IEnumerable<SampleOutcome> outcomes, int classes)
    {
        int[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        foreach (SampleOutcome outcome in outcomes)
        {
            counts[outcome.Actual][outcome.Predicted]++;
        }

        return counts;
    }

    /// <summary>One entry per class; a ratio with denominator 0 is 0.</summary>
    public static IReadOnlyList<ClassReport> Report(int[][] confusion, IReadOnlyList<string> classes)
    {
        int[] predicted = [.. classes.Select((_, label) => confusion.Sum(row => row[label]))];
        return
        [
            .. classes.Select((name, label) =>
            {
                int right = confusion[label][label];
                int support = confusion[label].Sum();
                return new ClassReport(
                    name, Share(right, predicted[label]), Share(right, support), Share(2.0 * right, predicted[label] + support), support);
            }),
        ];
    }

    public static double Accuracy(IReadOnlyCollection<SampleOutcome> outcomes) =>
        Share(outcomes.Count(outcome => outcome.IsRight), outcomes.Count);

    public static double MacroF1(IReadOnlyList<ClassReport> report) => report.Average(entry => entry.F1);

    public static double WeightedF1(IReadOnlyList<ClassReport> report) =>
        Share(report.Sum(entry => entry.F1 * entry.Support), report.Sum(entry => entry.Support));

    /// <summary>The share of images whose label is among the five most probable; null for five classes or fewer.</summary>
    public static double? Top5Accuracy(IReadOnlyCollection<SampleOutcome> outcomes, int classes) => classes <= OutcomePass.Top
        ? null
        : Share(outcomes.Count(outcome => outcome.Top.Contains(outcome.Actual)), outcomes.Count);

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
