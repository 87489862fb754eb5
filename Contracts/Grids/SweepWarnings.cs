using Experiments.Contracts.Effects;
using Experiments.Contracts.Effects.Doubts;
using Experiments.Contracts.Effects.Rules;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Finds settings of a sweep that are allowed, but probably mistakes. Pure.</summary>
public static class SweepWarnings
{
    private const int MostWarnings = 100;

    /// <summary>The warnings of all cells, numbered as at the launch; none for a sweep that cannot run.</summary>
    /// <param name="expansion">The cells of the sweep.</param>
    public static IReadOnlyList<SweepWarning> Of(SweepSpec spec, GridExpansionResult expansion) => expansion.Errors.Count > 0
        ? []
        :
        [
            .. OddObjective.Find(spec, expansion.Cells)
                .Concat(expansion.Warnings)
                .Concat(IdleExclusions.Find(spec, expansion.Cells))
                .Concat(Of(spec, expansion.Cells, expansion.Merged))
                .Take(MostWarnings),
        ];

    /// <summary>The warnings of some cells, such as those that an extension adds.</summary>
    /// <param name="cells">Ascending by number.</param>
    /// <param name="merged">Cells without their own number, see <see cref="GridExpansionResult.Merged"/>.</param>
    public static IReadOnlyList<SweepWarning> Of(SweepSpec spec, IReadOnlyList<GridCell> cells, IReadOnlyList<GridCell> merged)
    {
        var places = new SettingPlaces(spec);
        GridCell[] all = [.. cells, .. merged];
        IEnumerable<SweepWarning> warnings = HyperparameterEffects.All.SelectMany(rule => Idle(rule, places, all))
            .Concat(HyperparameterDoubts.All.SelectMany(rule => Doubtful(rule, places, cells)))
            .Concat(RepeatedValues.Find(spec, cells));
        return [.. warnings.OrderBy(warning => warning.Cells.Count > 0 ? warning.Cells[0] : 0).Take(MostWarnings)];
    }

    /// <summary>About one hyperparameter that is set, with a message of its own for each cell.</summary>
    /// <param name="cells">The cells to warn about.</param>
    public static IEnumerable<SweepWarning> About(string hyperparameter, SweepSpec spec, IEnumerable<GridCell> cells, Func<GridCell, string> message)
    {
        var places = new SettingPlaces(spec);
        return
            from cell in cells
            let place = places.Find([hyperparameter], cell.Grid)
            where place is not null
            group cell by place.Path into told
            from warning in Told(told.Key, [.. told], message)
            select warning;
    }

    private static IEnumerable<SweepWarning> Idle(EffectRule rule, SettingPlaces places, IReadOnlyList<GridCell> cells)
    {
        string[] blamed = rule.DependsOnValue ? [rule.Hyperparameter, .. rule.DependsOn] : [rule.Hyperparameter];
        IEnumerable<IGrouping<SettingPlace, GridCell>> byPlace =
            from cell in cells
            let place = places.Find(blamed, cell.Grid)
            where place is not null
            group cell by place;
        foreach (IGrouping<SettingPlace, GridCell> place in byPlace)
        {
            GridCell[] idle = [.. place.Where(cell => rule.IsIdle(cell.Hyperparameters))];

            // A single value in a sweep with several optimizers is meant for those that use it.
            bool matters = idle.Length > 0 && (rule.DependsOnValue || place.Key.IsVaried || idle.Length == place.Count());
            if (matters)
            {
                string outcome = place.Key.IsVaried && place.Key.Hyperparameter == rule.Hyperparameter ? "; combinations that differ only in it are one run" : "";
                foreach (SweepWarning warning in Told(place.Key.Path, idle, cell => $"{Subject(rule)} no effect: {rule.Reason(cell.Hyperparameters)}{outcome}"))
                {
                    yield return warning;
                }
            }
        }
    }

    private static string Subject(EffectRule rule) => rule.DependsOnValue ? $"this {rule.Hyperparameter} has" : $"{rule.Hyperparameter} has";

    private static IEnumerable<SweepWarning> Doubtful(DoubtRule rule, SettingPlaces places, IReadOnlyList<GridCell> cells) =>
        from cell in cells
        let message = rule.Doubt(cell.Hyperparameters)
        where message is not null
        let place = places.Find(rule.About, cell.Grid)
        where place is not null
        group cell by (place.Path, message) into told
        from warning in Told(told.Key.Path, [.. told], _ => told.Key.message)
        select warning;

    private static IEnumerable<SweepWarning> Told(string path, IReadOnlyList<GridCell> cells, Func<GridCell, string> message) =>
        cells.GroupBy(message, cell => cell.Number).Select(same => Told(path, same.Key, [.. same.Distinct().Order()]));

    private static SweepWarning Told(string path, string message, int[] cells) => new(path, message, [.. cells.Take(SweepWarning.MostCells)]) { CellCount = cells.Length };
}
