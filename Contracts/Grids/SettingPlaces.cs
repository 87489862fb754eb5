using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Where a sweep sets a hyperparameter.</summary>
/// <param name="IsVaried">True where a grid gives it several values.</param>
internal sealed record SettingPlace(string Hyperparameter, string Path, bool IsVaried);

/// <summary>Finds where a sweep sets its hyperparameters: a default has no place.</summary>
internal sealed class SettingPlaces
{
    private readonly Dictionary<string, SettingPlace> _base;
    private readonly Dictionary<string, SettingPlace> _space;
    private readonly Dictionary<string, SettingPlace>[] _grids;

    public SettingPlaces(SweepSpec spec)
    {
        _base = spec.Base.Select(assignment => assignment.Hyperparameter.Name).Distinct()
            .ToDictionary(name => name, name => new SettingPlace(name, $"base.{name}", IsVaried: false));

        // Not varied: like a single value for several optimizers, a drawn value is meant for those that use it.
        _space = spec.Space.ToDictionary(
            axis => axis.Hyperparameter.Name, axis => new SettingPlace(axis.Hyperparameter.Name, $"space.{axis.Hyperparameter.Name}", IsVaried: false));
        _grids =
        [
            .. spec.Grids.Select((grid, index) => grid.Axes.DistinctBy(axis => axis.Hyperparameter).ToDictionary(
                axis => axis.Hyperparameter.Name,
                axis => new SettingPlace(axis.Hyperparameter.Name, $"{PathOf(spec, index)}.{axis.Hyperparameter.Name}", axis.Values.Distinct().Count() > 1))),
        ];
    }

    public static string PathOf(SweepSpec spec, int grid) => spec.Grids.Count > 1 ? $"grid[{grid}]" : "grid";

    /// <summary>The place of the first of these hyperparameters that is set for the cells of a grid; null where none is.</summary>
    public SettingPlace? Find(IReadOnlyList<string> hyperparameters, int grid)
    {
        foreach (string hyperparameter in hyperparameters)
        {
            if ((grid < _grids.Length && _grids[grid].TryGetValue(hyperparameter, out SettingPlace? place)) || _space.TryGetValue(hyperparameter, out place)
                || _base.TryGetValue(hyperparameter, out place))
            {
                return place;
            }
        }

        return null;
    }
}
