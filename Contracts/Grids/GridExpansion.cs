using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Grids;

/// <summary>One cell of a grid: its number, from 1, and its resolved hyperparameters.</summary>
public sealed record GridCell(int Number, Hyperparameters Hyperparameters)
{
    /// <summary>The index of the sweep's grid that contains it, from 0; the first of several.</summary>
    public int Grid { get; init; }
}

/// <summary>The outcome of an expansion.</summary>
/// <param name="Cells">Distinct cells in a stable order: those of the first grid first, and the first axis of a grid varies slowest.</param>
/// <param name="Duplicates">Cells that equalled an earlier one, or differed from it only in what has no effect on them.</param>
/// <param name="Errors">Why the sweep cannot run, by path; no cells then.</param>
public sealed record GridExpansionResult(
    IReadOnlyList<GridCell> Cells,
    int Duplicates,
    IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>The duplicates that differ from an earlier cell only in hyperparameters without effect; they have its number.</summary>
    public IReadOnlyList<GridCell> Merged { get; init; } = [];

    /// <summary>What is unexpected about the drawn values; empty without a space.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>Turns a sweep into the configurations of its runs. Pure. <see cref="SpaceExpansion"/> does so for a sweep with a space.</summary>
public static class GridExpansion
{
    /// <summary>The most cells that are counted one by one when exclusions rule out multiplication.</summary>
    private const long MostCounted = 10_000_000;

    /// <summary>The number of cells without excluded ones, duplicates included. With a space, as many as are to be drawn for the grid's combinations.</summary>
    /// <returns>At least <see cref="MostCounted"/> where counting would take too long; excluded cells are then included.</returns>
    public static long CountCells(SweepSpec spec)
    {
        long combinations = CountCombinations(SpaceExpansion.WithoutSpace(spec));
        int draws = spec.Space.Count > 0 ? spec.Search?.Runs ?? 1 : 1;
        return combinations > long.MaxValue / draws ? long.MaxValue : combinations * draws;
    }

    private static long CountCombinations(SweepSpec spec)
    {
        long sum = 0;
        foreach (Grid grid in GridsOf(spec))
        {
            long count = CountCells(spec, grid);
            sum = count > long.MaxValue - sum ? long.MaxValue : sum + count;
        }

        return sum;
    }

    /// <summary>All distinct cells of a sweep, checked; a sweep that cannot run gives errors instead.</summary>
    public static GridExpansionResult Expand(SweepSpec spec)
    {
        if (spec.Space.Count > 0)
        {
            throw new ArgumentException("has a space: its cells are drawn", nameof(spec));
        }

        var errors = new SpecErrors();
        long count = CountCells(spec);
        CheckCount(spec, count, errors);
        if (errors.Any)
        {
            return new GridExpansionResult([], 0, errors.ToDictionary());
        }

        var merged = new List<GridCell>();
        List<GridCell> cells = ExpandCells(spec, (int)count, merged);
        CellRules.Check(cells, errors);
        RequireOnePrecision(cells, errors);
        return errors.Any
            ? new GridExpansionResult([], 0, errors.ToDictionary())
            : new GridExpansionResult(cells, (int)count - cells.Count, errors.ToDictionary()) { Merged = merged };
    }

    /// <summary>Reports a sweep with no cells, or more than it allows.</summary>
    /// <param name="count">See <see cref="CountCells(SweepSpec)"/>.</param>
    internal static void CheckCount(SweepSpec spec, long count, SpecErrors errors)
    {
        if (count > spec.MaxRuns)
        {
            string draws = spec.Search is { } search && spec.Space.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {search.Runs:N0} runs for each of the grid's") : "";
            errors.Add(draws.Length > 0 ? "search.runs" : "grid", string.Create(CultureInfo.InvariantCulture,
                $"too many combinations: {count:N0}{draws}; allowed: at most {spec.MaxRuns:N0} (maxRuns)"));
        }
        else if (count == 0)
        {
            errors.Add("exclude", "no combinations left: all of them are excluded; allowed: exclusions that leave at least one");
        }
    }

    /// <summary>The combinations of all grids as they are written, in order, without excluded ones, each with the index of its grid.</summary>
    internal static IEnumerable<(int Grid, Hyperparameters Hyperparameters)> Combinations(SweepSpec spec)
    {
        foreach ((int index, Grid grid) in GridsOf(spec).Index())
        {
            var odometer = new GridOdometer(spec, grid.Axes);
            while (odometer.MoveNext())
            {
                yield return (index, odometer.Current);
            }
        }
    }

    /// <summary>Next to <c>auto</c>, the precision that it becomes would be a second cell with the same training.</summary>
    internal static void RequireOnePrecision(IReadOnlyList<GridCell> cells, SpecErrors errors, string path = "grid.precision")
    {
        int auto = cells.Count(cell => cell.Hyperparameters.Precision == Precision.Auto);
        if (auto > 0 && auto < cells.Count)
        {
            string other = EnumText.Of(cells.First(cell => cell.Hyperparameters.Precision != Precision.Auto).Hyperparameters.Precision);
            errors.Add(path, $"\"auto\" chooses between float32 and bfloat16 and cannot be combined with \"{other}\"; allowed: auto for all combinations, or float32 and bfloat16");
        }
    }

    private static long CountCells(SweepSpec spec, Grid grid)
    {
        long product = 1;
        foreach (GridAxis axis in grid.Axes)
        {
            product = axis.Values.Count > 0 && product > long.MaxValue / axis.Values.Count ? long.MaxValue : product * axis.Values.Count;
        }

        if (spec.Exclude.Count == 0 || product > MostCounted)
        {
            return product;
        }

        long count = 0;
        var odometer = new GridOdometer(spec, grid.Axes);
        while (odometer.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static List<GridCell> ExpandCells(SweepSpec spec, int count, List<GridCell> merged)
    {
        var cells = new List<GridCell>(count);
        var seen = new Dictionary<Hyperparameters, int>(count);
        foreach ((int grid, Hyperparameters combination) in Combinations(spec))
        {
            Hyperparameters resolved = CellDefaults.Resolve(combination, spec.Dataset);
            Hyperparameters settled = HyperparameterEffects.Settle(resolved);
            if (seen.TryAdd(settled, cells.Count))
            {
                cells.Add(new GridCell(cells.Count + 1, resolved) { Grid = grid });
            }
            else if (cells[seen[settled]] is var first && first.Hyperparameters != resolved)
            {
                merged.Add(new GridCell(first.Number, resolved) { Grid = grid });
            }
        }

        return cells;
    }

    /// <summary>A sweep without a grid has the one cell of its base.</summary>
    private static IReadOnlyList<Grid> GridsOf(SweepSpec spec) => spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
}
