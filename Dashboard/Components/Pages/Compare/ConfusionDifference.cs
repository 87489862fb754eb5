using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A cell of the difference of two confusion matrices.</summary>
/// <param name="Difference">Right less left: images, or where the runs saw different numbers of them, the share of the row in percent.</param>
/// <param name="Share">The difference as a share of the row, −1 to 1.</param>
public sealed record DifferenceCell(int Actual, int Predicted, double Difference, double Share)
{
    /// <summary>More right ones, or fewer wrong ones.</summary>
    public bool IsBetter => Difference > 0 == (Actual == Predicted);
}

/// <summary>The difference of two confusion matrices over the same classes. Pure.</summary>
/// <param name="Cells">Those that differ, row by row.</param>
/// <param name="IsPercent">Whether cells are shares of the row in percent.</param>
public sealed record ConfusionDifference(IReadOnlyList<DifferenceCell> Cells, bool IsPercent)
{
    private const double Hundred = 100;

    /// <returns>Null where the classes are not the same.</returns>
    public static ConfusionDifference? Of(EvaluationReport left, EvaluationReport right)
    {
        if (!left.Classes.SequenceEqual(right.Classes))
        {
            return null;
        }

        int[] leftRows = [.. left.Confusion.Select(row => row.Sum())];
        int[] rightRows = [.. right.Confusion.Select(row => row.Sum())];
        bool isPercent = !leftRows.SequenceEqual(rightRows);
        IEnumerable<DifferenceCell> cells =
            from actual in Enumerable.Range(0, left.Classes.Count)
            from predicted in Enumerable.Range(0, left.Classes.Count)
            let share = Share(right.Confusion[actual][predicted], rightRows[actual]) - Share(left.Confusion[actual][predicted], leftRows[actual])
            where share != 0
            select new DifferenceCell(
                actual,
                predicted,
                isPercent ? share * Hundred : right.Confusion[actual][predicted] - left.Confusion[actual][predicted],
                share);
        return new ConfusionDifference([.. cells], isPercent);
    }

    private static double Share(int count, int row) => row == 0 ? 0 : (double)count / row;
}
