using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Grids;

/// <summary>Exclusions that do not leave out what they name: a value is mistyped, is in no grid, or equals a default that is resolved later.</summary>
internal static class IdleExclusions
{
    private const string ImageSize = "imageSize";

    /// <param name="cells">The cells that are not excluded.</param>
    public static IEnumerable<SweepWarning> Find(SweepSpec spec, IReadOnlyList<GridCell> cells)
    {
        Hyperparameters @base = GridUnion.BaseOf(spec);
        IReadOnlyList<Grid> grids = spec.Grids.Count > 0 ? spec.Grids : [new Grid([])];
        foreach ((int index, Exclusion exclusion) in spec.Exclude.Index())
        {
            string path = $"exclude[{index}]";
            if (exclusion.Matches.FirstOrDefault(match => match.Values.Count == 0) is { } empty)
            {
                yield return new SweepWarning(path, $"leaves out no combination: it names no value of {empty.Hyperparameter.Name}", []);
            }
            else if (Escaped(spec, exclusion, cells) is { Length: > 0 } escaped)
            {
                yield return new SweepWarning(path, Same(spec), [.. escaped.Take(SweepWarning.MostCells)]) { CellCount = escaped.Length };
            }
            else if (!SpaceExpansion.IsDrawn(spec, exclusion) && !grids.Any(grid => ExclusionPattern.Of(exclusion, grid.Axes, @base) is { CanMatch: true }))
            {
                yield return new SweepWarning(path, $"leaves out no combination: none has {string.Join(" and ", exclusion.Matches.Select(Describe))}", []);
            }
        }
    }

    /// <summary>The cells whose image size an exclusion names as null where the grid gives the number, or the reverse.</summary>
    private static int[] Escaped(SweepSpec spec, Exclusion exclusion, IReadOnlyList<GridCell> cells) =>
        exclusion.Matches.Any(match => match.Hyperparameter.Name == ImageSize && match.Values.Any(value => Equals(value ?? Own(spec), Own(spec))))
            ? [.. cells.Where(cell => exclusion.Matches.All(match => IsAmong(spec, match, cell.Hyperparameters))).Select(cell => cell.Number)]
            : [];

    private static bool IsAmong(SweepSpec spec, GridAxis match, Hyperparameters cell) =>
        match.Values.Any(value => Equals(match.Hyperparameter.Name == ImageSize ? value ?? Own(spec) : value, match.Hyperparameter.Get(cell)));

    private static string Same(SweepSpec spec) =>
        $"does not leave out all that it names: images of {spec.Dataset.Name} are {Own(spec)} pixels a side unless imageSize says otherwise, so null and {Own(spec)} are the same; exclude both with imageSize: [{Own(spec)}, null]";

    private static long Own(SweepSpec spec) => DatasetCatalog.Find(spec.Dataset.Name)!.DefaultImageSize;

    private static string Describe(GridAxis match) => $"{match.Hyperparameter.Name} {string.Join(" or ", match.Values.Select(match.Hyperparameter.Describe))}";
}
