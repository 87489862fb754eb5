using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Sweeps;

/// <summary>What the hyperparameters of one cell must fulfil together.</summary>
internal static class CellRules
{
    /// <summary>Tells each impossible combination once, with a cell that has it.</summary>
    public static void Check(IEnumerable<GridCell> cells, SpecErrors errors)
    {
        var seen = new HashSet<(string, int)>();
        foreach (GridCell cell in cells)
        {
            Hyperparameters h = cell.Hyperparameters;
            if (seen.Add((h.Model, h.ImageSize!.Value)) && ModelCatalog.Find(h.Model) is { } model && h.ImageSize < model.MinimumImageSize)
            {
                errors.Add("grid", $"cell {cell.Number}: imageSize {h.ImageSize} is too small for {model.Name}; "
                    + $"allowed: at least {model.MinimumImageSize}, or leave the cell out with exclude");
            }
        }
    }
}
