using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>What a rule for combinations to leave out says, in words. Pure.</summary>
internal static class ExclusionText
{
    /// <summary>The values of one condition; those that no combination has say so.</summary>
    public static string Values(GridAxis match, IReadOnlyList<object?> there) => string.Join(" or ", match.Values.Select(value =>
        there.Contains(value) ? match.Hyperparameter.Describe(value) : $"{match.Hyperparameter.Describe(value)} (not in the grid)"));

    /// <summary>Why the rule leaves nothing out; null where it does.</summary>
    public static string? WhyIdle(Exclusion rule, SweepDraft draft) => rule.Matches.FirstOrDefault(match => !match.Values.Any(draft.CellValuesOf(match.Hyperparameter).Contains)) is { } never
        ? $"This rule leaves nothing out: no combination has {never.Hyperparameter.Label.ToLowerInvariant()} {string.Join(" or ", never.Values.Select(never.Hyperparameter.Describe))}."
        : null;
}
