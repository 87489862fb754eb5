namespace Experiments.Contracts.Grids;

/// <summary>Something in a sweep that is allowed, but probably not meant.</summary>
/// <param name="Path">What it is about, as it stands in the sweep file: <c>base.momentum</c>, <c>grid.freezeEpochs</c>, <c>grid[1].seed</c>.</param>
/// <param name="Message">What it comes to, and why.</param>
/// <param name="Cells">The numbers of the cells that it is true of, ascending; at most 1,000 of them. None where it is about no cell.</param>
public sealed record SweepWarning(string Path, string Message, IReadOnlyList<int> Cells)
{
    /// <summary>A hundred thousand numbers would help no reader.</summary>
    public const int MostCells = 1000;

    /// <summary>How many cells it is true of.</summary>
    public int CellCount { get; init; } = Cells.Count;

    /// <summary>The cells for display: <c>combination 3</c>, <c>combinations 1, 2, 5–8</c>, <c>all 12 combinations</c>; empty where it is about none.</summary>
    /// <param name="total">How many cells the sweep has.</param>
    public string DescribeCells(int total) =>
        CellCount == 0 ? "" : CellCount == total && total > 1 ? $"all {CellText.Number(total)} combinations" : CellText.Of(Cells, CellCount);
}
