using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Extends a sweep.</summary>
public static class GridUnion
{
    /// <summary>The sweep with more grids, or with more values in each of its grids; all its cells so far are among the new ones.</summary>
    public static SweepSpec Extend(SweepSpec spec, GridExtension extension)
    {
        if (extension.Runs is { } runs && spec.Search is { } search)
        {
            spec = spec with { Search = search with { Runs = runs } };
        }

        if (extension.Grids.Count == 0)
        {
            return spec;
        }

        IReadOnlyList<Grid> grids = spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
        return spec with
        {
            Grids = extension.AreAdded
                ? [.. grids, .. extension.Grids]
                : [.. grids.Select(grid => extension.Grids.Aggregate(grid, (grown, added) => Extend(spec, grown, added.Axes)))],
        };
    }

    /// <summary>Why a sweep cannot be extended this way, by path; empty where it can.</summary>
    public static IReadOnlyDictionary<string, string[]> Check(SweepSpec spec, GridExtension extension)
    {
        var errors = new SpecErrors();
        if (extension.Runs is { } runs)
        {
            string? problem = spec.Search is not { } search ? "the sweep has no space to draw from; allowed: grid"
                : runs <= search.Runs ? $"not more than its {search.Runs} runs: {runs}; allowed: a whole number from {search.Runs + 1} to {SearchSpec.MostRuns}, the new number of runs for each combination of the grid"
                : null;
            if (problem is not null)
            {
                errors.Add("runs", problem);
            }
        }

        foreach (HyperparameterDefinition drawn in extension.Grids.SelectMany(grid => grid.Axes).Select(axis => axis.Hyperparameter).Distinct())
        {
            if (spec.Space.Any(axis => axis.Hyperparameter == drawn))
            {
                errors.Add($"grid.{drawn.Name}", $"drawn from the sweep's space: \"{drawn.Name}\"; allowed: hyperparameters that its space does not name, or runs for more draws");
            }
        }

        return errors.ToDictionary();
    }

    /// <summary>The base of all cells.</summary>
    internal static Hyperparameters BaseOf(SweepSpec spec) => spec.Base.Aggregate(Hyperparameters.Default, (h, a) => a.Hyperparameter.Set(h, a.Value));

    /// <summary>How many of the extension's cells the sweep already has: those whose named values are all among its own.</summary>
    public static long CountRepeated(SweepSpec spec, GridExtension extension)
    {
        // Whole grids are added as they are: their cells are compared one by one when they are planned.
        if (extension.AreAdded || extension.Grids.Count == 0)
        {
            return 0;
        }

        IReadOnlyList<Grid> grids = spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
        Grid[] repeated =
        [
            .. from grid in grids
               from added in extension.Grids
               let axes = Repeated(spec, grid, added.Axes)
               where axes.All(axis => axis.Values.Count > 0)
               select new Grid(axes),
        ];
        return repeated.Length == 0 ? 0 : GridExpansion.CountCells(spec with { Grids = repeated });
    }

    private static GridAxis[] Repeated(SweepSpec spec, Grid grid, IReadOnlyList<GridAxis> added)
    {
        IEnumerable<GridAxis> named = added.Select(axis => axis with { Values = [.. ValuesBefore(spec, grid, axis.Hyperparameter).Intersect(axis.Values)] });
        return [.. grid.Axes.Where(axis => added.All(other => other.Hyperparameter != axis.Hyperparameter)), .. named];
    }

    /// <summary>The values of an axis, or the single value in the grid.</summary>
    private static IReadOnlyList<object?> ValuesBefore(SweepSpec spec, Grid grid, HyperparameterDefinition hyperparameter) =>
        grid.Axes.FirstOrDefault(axis => axis.Hyperparameter == hyperparameter)?.Values
        ?? [hyperparameter.Get(BaseOf(spec))];

    /// <summary>
    /// A hyperparameter that was not an axis becomes one, with its previous value first: all old cells are cells of the new grid.
    /// </summary>
    private static Grid Extend(SweepSpec spec, Grid grid, IReadOnlyList<GridAxis> added)
    {
        var axes = grid.Axes.ToList();
        foreach (GridAxis axis in added)
        {
            int index = axes.FindIndex(existing => existing.Hyperparameter == axis.Hyperparameter);
            var merged = new GridAxis(axis.Hyperparameter, [.. ValuesBefore(spec, new Grid(axes), axis.Hyperparameter).Union(axis.Values)]);
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
