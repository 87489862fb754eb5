using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Sweeps;

/// <summary>What the hyperparameters of one cell must fulfil together.</summary>
internal static class CellRules
{
    /// <summary>Tells each impossible combination once, with a cell that has it.</summary>
    public static void Check(IEnumerable<GridCell> cells, SpecErrors errors)
    {
        var seen = new HashSet<(string, int, Precision)>();
        foreach (GridCell cell in cells)
        {
            Hyperparameters h = cell.Hyperparameters;
            if (seen.Add((h.Model, h.ImageSize!.Value, h.Precision)) && Problem(h) is { } problem)
            {
                errors.Add("grid", $"cell {cell.Number}: {problem}, or leave the cell out with exclude");
            }
        }
    }

    private static string? Problem(Hyperparameters h)
    {
        if (ModelCatalog.Find(h.Model) is { } model && h.ImageSize < model.MinimumImageSize)
        {
            return $"imageSize {h.ImageSize} is too small for {model.Name}; allowed: at least {model.MinimumImageSize}";
        }

        // The key is part of the contract; workers cannot do it yet, and should not find that out one run at a time.
        return h.Precision == Precision.BFloat16
            ? $"precision \"{EnumText.Of(h.Precision)}\" cannot be trained by this version; allowed: {EnumText.Of(Precision.Float32)}"
            : null;
    }
}
