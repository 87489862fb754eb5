using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Elements;

/// <summary>The sort order of a table of runs as in the API: a key, with the prefix <c>-</c> for descending.</summary>
public static class SortOrder
{
    public static string BestFirst(ObjectiveSpec objective) =>
        objective.Goal == Goal.Maximize ? $"-{objective.Metric}" : objective.Metric;

    /// <summary>The order after a click on a column's head: first the more useful direction, then the other, then none.</summary>
    /// <param name="first">See <see cref="FirstOf"/>.</param>
    public static string? Next(string? current, string first)
    {
        string second = first.StartsWith('-') ? first[1..] : $"-{first}";
        return current == first ? second : current == second ? null : first;
    }

    /// <summary>The more useful direction of a column: the best first.</summary>
    public static string FirstOf(string key) =>
        HyperparameterCatalog.Find(key) is null && MetricNames.GoalOf(key) == Goal.Maximize ? $"-{key}" : key;

    /// <summary>The column's sort direction, for screen readers.</summary>
    public static string Aria(string? current, string key) =>
        current == key ? "ascending" : current == $"-{key}" ? "descending" : "none";
}
