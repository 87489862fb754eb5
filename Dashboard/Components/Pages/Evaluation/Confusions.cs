using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <param name="Count">Images of class <paramref name="Actual"/> predicted as <paramref name="Predicted"/>.</param>
/// <param name="Share">The share of the images of class <paramref name="Actual"/>, 0 to 1.</param>
public sealed record ConfusionCell(int Actual, int Predicted, int Count, double Share)
{
    public bool IsRight => Actual == Predicted;
}

/// <summary>Reads a confusion matrix.</summary>
public static class Confusions
{
    /// <summary>The cells that hold images, row by row.</summary>
    public static IReadOnlyList<ConfusionCell> Cells(EvaluationReport report) =>
    [
        .. from actual in Enumerable.Range(0, report.Classes.Count)
           let row = report.Confusion[actual]
           let support = Math.Max(1, row.Sum())
           from predicted in Enumerable.Range(0, row.Count)
           where row[predicted] > 0
           select new ConfusionCell(actual, predicted, row[predicted], (double)row[predicted] / support),
    ];

    /// <summary>The most frequent confusions.</summary>
    public static IReadOnlyList<ConfusionCell> Worst(EvaluationReport report, int most) =>
        [.. Cells(report).Where(cell => !cell.IsRight).OrderByDescending(cell => cell.Count).ThenByDescending(cell => cell.Share).Take(most)];
}
