using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>An exclusion rule in words. Pure.</summary>
internal static class ExclusionText
{
    /// <summary>The values of one condition, with a note at those that no combination has.</summary>
    public static string Values(GridAxis match, IReadOnlyList<object?> there) => string.Join(" or ", match.Values.Select(value =>
        there.Contains(value) ? match.Hyperparameter.Describe(value) : $"{match.Hyperparameter.Describe(value)} (not in the grid)"));

    /// <summary>Why the rule excludes nothing; null if it excludes something.</summary>
    public static string? WhyIdle(Exclusion rule, SweepDraft draft) => rule.Matches.FirstOrDefault(match => !match.Values.Any(draft.CellValuesOf(match.Hyperparameter).Contains)) is { } never
        ? $"This rule leaves nothing out: no combination has {never.Hyperparameter.Label.ToLowerInvariant()} {string.Join(" or ", never.Values.Select(never.Hyperparameter.Describe))}."
        : null;
}
