using System.Globalization;

namespace Experiments.Contracts.Grids;

/// <summary>What is unexpected about drawn values: fewer runs than asked for, draws that could not be trained.</summary>
internal static class DrawWarnings
{
    /// <param name="runs">The runs asked for, for each combination.</param>
    public static IReadOnlyList<SweepWarning> Of(int runs, IReadOnlyList<DrawnCombination> combinations)
    {
        var warnings = new List<SweepWarning>();
        long missing = combinations.Sum(combination => (long)runs - combination.Count);
        if (missing > 0)
        {
            warnings.Add(new SweepWarning(
                "search.runs",
                string.Create(CultureInfo.InvariantCulture, $"{missing:N0} fewer runs than asked for: the space has no more configurations that differ in anything with an effect, or they are hard to find"),
                []));
        }

        if (combinations.FirstOrDefault(combination => combination.Problem is not null)?.Problem is { } problem)
        {
            int impossible = combinations.Sum(combination => combination.Impossible);
            warnings.Add(new SweepWarning(
                "space", string.Create(CultureInfo.InvariantCulture, $"{impossible:N0} draws cannot be trained and are replaced by others: {problem}"), []));
        }

        return warnings;
    }
}
