using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Checks which runs a request compares.</summary>
internal static class ComparedIds
{
    /// <summary>Adds the errors of <c>ids</c> to those of the query.</summary>
    /// <param name="anyText">Whether malformed ids count as ids of missing runs.</param>
    public static void Check(QueryParameters query, IReadOnlyList<string> ids, int fewest, int most, bool anyText)
    {
        string[] malformed = anyText ? [] : [.. ids.Where(id => !EntityId.IsWellFormed(id))];
        if (ids.Count < fewest || ids.Count > most || malformed.Length > 0)
        {
            string what = malformed.Length > 0 ? "not an id" : $"{ids.Count} ids";
            string allowed = fewest == most ? $"{most}" : $"{fewest} to {most}";
            query.Refuse("ids", $"{what}: \"{Quote.Shorten(string.Join(',', malformed.Length > 0 ? malformed : ids))}\"; allowed: {allowed} ids of runs, separated by commas");
        }
    }
}
