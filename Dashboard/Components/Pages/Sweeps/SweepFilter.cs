using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>Which sweeps somebody wants to see.</summary>
/// <param name="Search">Words that must all occur in the name, the tags or the data set; case does not matter.</param>
public sealed record SweepFilter(string? Search)
{
    public bool Matches(SweepView sweep, SweepFacts facts)
    {
        string text = $"{sweep.Name} {string.Join(' ', facts.Tags)} {facts.Dataset}";
        return (Search ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
