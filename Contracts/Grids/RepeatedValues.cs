using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Values that occur twice in an axis, even if written differently: <c>[1e-3, 0.001]</c>.</summary>
internal static class RepeatedValues
{
    public static IEnumerable<SweepWarning> Find(SweepSpec spec, IReadOnlyList<GridCell> cells)
    {
        foreach ((int index, Grid grid) in spec.Grids.Index())
        {
            foreach (GridAxis axis in grid.Axes)
            {
                foreach (object? value in axis.Values.GroupBy(value => value).Where(same => same.Count() > 1).Select(same => same.Key))
                {
                    int[] having = [.. cells.Where(cell => cell.Grid == index && Equals(axis.Hyperparameter.Get(cell.Hyperparameters), value)).Select(cell => cell.Number)];
                    yield return new SweepWarning(
                        $"{SettingPlaces.PathOf(spec, index)}.{axis.Hyperparameter.Name}",
                        $"{axis.Hyperparameter.Describe(value)} stands more than once, and counts once",
                        [.. having.Take(SweepWarning.MostCells)])
                    { CellCount = having.Length };
                }
            }
        }
    }
}
