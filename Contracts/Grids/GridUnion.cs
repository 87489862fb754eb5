using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Grows a sweep.</summary>
public static class GridUnion
{
    /// <summary>The sweep with more grids, or with more values in each of its grids; all its cells so far are among the new ones.</summary>
    public static SweepSpec Extend(SweepSpec spec, GridExtension extension)
    {
        IReadOnlyList<Grid> grids = spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
        return spec with
        {
            Grids = extension.AreAdded
                ? [.. grids, .. extension.Grids]
                : [.. grids.Select(grid => extension.Grids.Aggregate(grid, (grown, added) => Extend(spec, grown, added.Axes)))],
        };
    }

    /// <summary>What all cells have in common.</summary>
    internal static Hyperparameters BaseOf(SweepSpec spec) => spec.Base.Aggregate(Hyperparameters.Default, (h, a) => a.Hyperparameter.Set(h, a.Value));

    /// <summary>
    /// A hyperparameter that was not an axis becomes one, with the value that the grid had so far in front: all old cells are cells of the new grid.
    /// </summary>
    private static Grid Extend(SweepSpec spec, Grid grid, IReadOnlyList<GridAxis> added)
    {
        Hyperparameters @base = BaseOf(spec);
        var axes = grid.Axes.ToList();
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

        return new Grid(axes);
    }
}
