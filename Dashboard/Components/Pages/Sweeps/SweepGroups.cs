using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>Puts the sweeps of each tag together. Pure.</summary>
public static class SweepGroups
{
    /// <summary>Groups sweeps by tag, alphabetically; a sweep with several tags is in each of their groups. Sweeps without a tag (null) come last.</summary>
    public static IReadOnlyList<(string? Tag, IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> Rows)> ByTag(IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> rows)
    {
        List<(string? Tag, IReadOnlyList<(SweepView Sweep, SweepFacts Facts)> Rows)> groups =
        [
            .. rows.SelectMany(row => row.Sweep.Tags).Distinct().Order(StringComparer.OrdinalIgnoreCase)
                .Select(tag => ((string?)tag, (IReadOnlyList<(SweepView, SweepFacts)>)[.. rows.Where(row => row.Sweep.Tags.Contains(tag))])),
        ];
        (SweepView, SweepFacts)[] untagged = [.. rows.Where(row => row.Sweep.Tags.Count == 0)];
        return untagged.Length == 0 ? groups : [.. groups, (null, untagged)];
    }
}
