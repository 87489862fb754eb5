using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>
/// Turns a sweep with a space into the configurations of its runs: for every combination of its grid as many draws as the search asks for, the same draws
/// in every combination, the first draw of all combinations first. Pure.
/// </summary>
public static class SpaceExpansion
{
    /// <summary>All distinct cells, checked; a sweep that cannot run gives errors instead.</summary>
    /// <param name="draw">The values of the space's axes for a draw, counted from 0; equal numbers give equal values.</param>
    public static GridExpansionResult Expand(SweepSpec spec, Func<int, IReadOnlyList<object?>> draw)
    {
        SearchSpec search = spec.Search ?? throw new ArgumentException("has no search", nameof(spec));
        IReadOnlyDictionary<string, string[]> faults = Check(spec);
        if (faults.Count > 0)
        {
            return new GridExpansionResult([], 0, faults);
        }

        var errors = new SpecErrors();
        DrawnCombination[] combinations = [.. Combinations(spec).Select(combination => new DrawnCombination(combination, draw))];
        var collected = new CollectedCells();
        for (int i = 0; i < search.Runs; i++)
        {
            foreach (DrawnCombination combination in combinations)
            {
                if (combination.Next() is { } cell)
                {
                    collected.Add(combination.Grid, cell);
                }
            }
        }

        ReportEmpty(combinations, errors);
        return errors.Any
            ? new GridExpansionResult([], 0, errors.ToDictionary())
            : new GridExpansionResult(collected.Cells, collected.Duplicates, errors.ToDictionary())
            {
                Merged = collected.Merged,
                Warnings = DrawWarnings.Of(search.Runs, combinations),
            };
    }

    /// <summary>What is wrong with a sweep with a space before anything is drawn, by path.</summary>
    public static IReadOnlyDictionary<string, string[]> Check(SweepSpec spec)
    {
        var errors = new SpecErrors();
        GridExpansion.CheckCount(spec, GridExpansion.CountCells(spec), errors);
        if (spec.Space.OfType<ChoiceAxis>().FirstOrDefault(axis => axis.Hyperparameter.Name == "precision") is { } precision)
        {
            GridExpansion.RequireOnePrecision([.. precision.Values.Select(value => new GridCell(0, precision.Hyperparameter.Set(Hyperparameters.Default, value)))], errors, "space.precision");
        }
        else if (!errors.Any)
        {
            GridExpansion.RequireOnePrecision([.. Combinations(spec).Select(combination => new GridCell(0, combination.Hyperparameters))], errors);
        }

        return errors.ToDictionary();
    }

    /// <summary>The combinations of the grid that values are drawn for, in order; without a grid, the one of the base.</summary>
    public static IEnumerable<GridCombination> Combinations(SweepSpec spec) =>
        GridExpansion.Combinations(WithoutSpace(spec)).Select(one => new GridCombination(spec, one.Grid, one.Hyperparameters));

    /// <summary>The grid alone, with the exclusions that do not depend on drawn values.</summary>
    internal static SweepSpec WithoutSpace(SweepSpec spec) => spec.Space.Count == 0
        ? spec
        : spec with { Space = [], Search = null, Exclude = [.. spec.Exclude.Where(exclusion => !IsDrawn(spec, exclusion))] };

    /// <summary>True for an exclusion that names a drawn hyperparameter: draws that match it are replaced.</summary>
    internal static bool IsDrawn(SweepSpec spec, Exclusion exclusion) =>
        exclusion.Matches.Any(match => spec.Space.Any(axis => axis.Hyperparameter == match.Hyperparameter));

    /// <summary>A combination of the grid that no draw makes possible would be missing in silence.</summary>
    private static void ReportEmpty(DrawnCombination[] combinations, SpecErrors errors)
    {
        foreach ((int index, DrawnCombination combination) in combinations.Index())
        {
            if (combination.Count > 0)
            {
                continue;
            }

            string which = combinations.Length > 1 ? $"combination {index + 1} of the grid: " : "";
            errors.Add(
                combination.Problem is null ? "exclude" : "space",
                combination.Problem is { } problem
                    ? $"{which}no draw is possible: {problem}"
                    : $"{which}no draws left: all of them are excluded; allowed: exclusions that leave some");
        }
    }

    /// <summary>Cells in order, equal ones once.</summary>
    private sealed class CollectedCells
    {
        private readonly Dictionary<Hyperparameters, int> _seen = [];

        public List<GridCell> Cells { get; } = [];

        public List<GridCell> Merged { get; } = [];

        public int Duplicates { get; private set; }

        public void Add(int grid, (Hyperparameters Resolved, Hyperparameters Settled) cell)
        {
            if (_seen.TryAdd(cell.Settled, Cells.Count))
            {
                Cells.Add(new GridCell(Cells.Count + 1, cell.Resolved) { Grid = grid });
                return;
            }

            Duplicates++;
            GridCell first = Cells[_seen[cell.Settled]];
            if (first.Hyperparameters != cell.Resolved)
            {
                Merged.Add(new GridCell(first.Number, cell.Resolved) { Grid = grid });
            }
        }
    }
}
