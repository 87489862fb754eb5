using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Exclusions that leave out no cell: a value is written wrongly, or stands in no grid.</summary>
internal static class IdleExclusions
{
    public static IEnumerable<SweepWarning> Find(SweepSpec spec)
    {
        Hyperparameters @base = GridUnion.BaseOf(spec);
        IReadOnlyList<Grid> grids = spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
        foreach ((int index, Exclusion exclusion) in spec.Exclude.Index())
        {
            if (!grids.Any(grid => ExclusionPattern.Of(exclusion, grid.Axes, @base) is { CanMatch: true }))
            {
                yield return new SweepWarning($"exclude[{index}]", $"leaves out no combination: none has {string.Join(" and ", exclusion.Matches.Select(Describe))}", []);
            }
        }
    }

    private static string Describe(GridAxis match) => $"{match.Hyperparameter.Name} {string.Join(" or ", match.Values.Select(match.Hyperparameter.Describe))}";
}
