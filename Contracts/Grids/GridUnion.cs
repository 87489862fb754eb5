using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Grows a sweep.</summary>
public static class GridUnion
{
    /// <summary>
    /// The sweep whose grid has the old values and the new ones. A hyperparameter that was not an axis becomes one, with
    /// the value that the sweep had so far in front: all old cells are cells of the new grid.
    /// </summary>
    public static SweepSpec Extend(SweepSpec spec, IReadOnlyList<GridAxis> added)
    {
        Hyperparameters @base = spec.Base.Aggregate(Hyperparameters.Default, (h, a) => a.Hyperparameter.Set(h, a.Value));
        var axes = spec.Grid.ToList();
        foreach (GridAxis axis in added)
        {
            int index = axes.FindIndex(existing => existing.Hyperparameter == axis.Hyperparameter);
            IReadOnlyList<object?> before = index >= 0 ? axes[index].Values : [axis.Hyperparameter.Get(@base)];
            var merged = new GridAxis(axis.Hyperparameter, [.. before.Union(axis.Values)]);
            if (index >= 0)
            {
                axes[index] = merged;
            }
            else
            {
                axes.Add(merged);
            }
        }

        return spec with { Grid = axes };
    }
}
