namespace Experiments.Contracts.Grids;

/// <summary>A setting of a sweep that is allowed, but probably a mistake.</summary>
/// <param name="Path">The path of the setting in the sweep file: <c>base.momentum</c>, <c>grid.freezeEpochs</c>, <c>grid[1].seed</c>.</param>
/// <param name="Message">The consequence, and its cause.</param>
/// <param name="Cells">The numbers of the cells concerned, ascending; at most 1,000 of them. Empty where it concerns no cell.</param>
public sealed record SweepWarning(string Path, string Message, IReadOnlyList<int> Cells)
{
    /// <summary>Keeps the response short for large sweeps.</summary>
    public const int MostCells = 1000;

    /// <summary>How many cells it concerns.</summary>
    public int CellCount { get; init; } = Cells.Count;

    /// <summary>The cells for display: <c>combination 3</c>, <c>combinations 1, 2, 5–8</c>, <c>all 12 combinations</c>; empty where it concerns none.</summary>
    /// <param name="total">How many cells the sweep has.</param>
    public string DescribeCells(int total) =>
        CellCount == 0 ? "" : CellCount == total && total > 1 ? $"all {CellText.Number(total)} combinations" : CellText.Of(Cells, CellCount);
}
