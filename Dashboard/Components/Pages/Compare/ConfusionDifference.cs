using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A cell of the difference of two confusion matrices.</summary>
/// <param name="Difference">Right minus left in images, or in percent of the row if the runs were evaluated on different numbers of images.</param>
/// <param name="Share">The difference as a share of the row, −1 to 1.</param>
public sealed record DifferenceCell(int Actual, int Predicted, double Difference, double Share)
{
    /// <summary>True for more correct or fewer wrong predictions.</summary>
    public bool IsBetter => Difference > 0 == (Actual == Predicted);
}

/// <summary>The difference of two confusion matrices over the same classes. Pure.</summary>
/// <param name="Cells">The cells that differ, row by row.</param>
/// <param name="IsPercent">Whether cells are shares of the row in percent.</param>
public sealed record ConfusionDifference(IReadOnlyList<DifferenceCell> Cells, bool IsPercent)
{
    private const double Hundred = 100;

    /// <returns>Null if the classes differ.</returns>
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
