using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Grids;

/// <summary>Constraints between the hyperparameters of one cell.</summary>
public static class CellRules
{
    /// <summary>Reports each impossible combination once, with the first cell that has it.</summary>
    internal static void Check(IEnumerable<GridCell> cells, SpecErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (GridCell cell in cells)
        {
            if (Problem(cell.Hyperparameters) is { } problem && seen.Add(problem))
            {
                errors.Add("grid", $"combination {cell.Number}: {problem}, or leave it out with exclude");
            }
        }
    }

    /// <summary>Why this cannot be trained; null when it can.</summary>
    public static string? Problem(Hyperparameters h)
    {
        if (ModelCatalog.Find(h.Model) is { } model && h.ImageSize < model.MinimumImageSize)
        {
            return $"imageSize {h.ImageSize} is too small for {model.Name}; allowed: at least {model.MinimumImageSize}";
        }

        if (h.WarmupEpochs >= h.Epochs)
        {
            return $"warmupEpochs {h.WarmupEpochs} leaves none of {h.Epochs} epochs; allowed: fewer than epochs";
        }

        return h.Pruning > 0 && h.PruningEpochs >= h.Epochs
            ? $"pruningEpochs {h.PruningEpochs} leaves none of {h.Epochs} epochs to train before pruning; allowed: fewer than epochs"
            : null;
    }
}
