using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Tests.Pages.Evaluation;

/// <summary>Sample evaluations.</summary>
internal static class EvaluationSamples
{
    /// <summary>Class 0 is predicted for class 1 twice, everything else is correct; four images of each class.</summary>
    public static EvaluationReport Report(int classes = 6)
    {
        string[] names = [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes).Select(column => row == column ? 4 : 0).ToArray())];
        (confusion[1][1], confusion[1][0]) = (2, 2);
        return new EvaluationReport
        {
            Split = "test",
            Images = 4 * classes,
            Epoch = 3,
            Classes = names,
            Confusion = confusion,
            Report = [.. names.Select((name, label) => label switch
            {
                0 => new ClassReport(name, 4.0 / 6, 1, 0.8, 4),
                1 => new ClassReport(name, 1, 0.5, 2.0 / 3, 4),
                _ => new ClassReport(name, 1, 1, 1, 4),
            })],
            Accuracy = 1 - (2.0 / (4 * classes)),
            MacroF1 = 0.91,
            WeightedF1 = 0.92,
            Top5Accuracy = classes > 5 ? 0.987 : null,
            CalibrationError = 0.043,
            Calibration = [.. Enumerable.Range(0, 15).Select(bin => new CalibrationBin(bin / 15.0, (bin + 1) / 15.0, bin == 14 ? 4 * classes : 0, bin == 14 ? 0.97 : 0, bin == 14 ? 0.92 : 0))],
        };
    }

    public static Mistake Mistake { get; } = new("/data/test/1/a.png", "class 1", "class 0", 0.987, 0.011, [1, 2, 3]);
}
