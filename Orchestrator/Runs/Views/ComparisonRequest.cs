using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Which runs to compare, and how much of their curves to send.</summary>
/// <param name="Metrics">Empty for all metrics.</param>
/// <param name="MaxPoints">The maximum number of points per curve; null for all.</param>
/// <param name="SkipMissing">Whether missing runs are skipped rather than refused.</param>
/// <param name="WithTimes">Whether points include their time.</param>
/// <param name="WithAttempts">Whether points include their attempt.</param>
public sealed record ComparisonRequest(IReadOnlyList<string> Ids, IReadOnlyList<string> Metrics, int? MaxPoints, bool SkipMissing, bool WithTimes, bool WithAttempts)
{
    /// <exception cref="ApiException">The query is not valid.</exception>
    internal static ComparisonRequest Read(IQueryCollection values)
    {
        var query = new Query(values);
        bool skipMissing = query.Flag("skipMissing");
        IReadOnlyList<string> ids = ReadIds(query, 1, RunComparisons.MostRuns, skipMissing);
        bool withTimes = query.WithTimes();
        bool withAttempts = query.WithAttempts();
        int? maxPoints = query.MaxPoints();
        query.ThrowIfInvalid();
        return new ComparisonRequest(ids, query.Texts("metrics"), maxPoints, skipMissing, withTimes, withAttempts);
    }

    /// <summary>The values of <c>ids</c>; errors are collected in the query.</summary>
    /// <param name="anyText">Whether malformed ids count as ids of missing runs.</param>
    internal static IReadOnlyList<string> ReadIds(Query query, int fewest, int most, bool anyText)
    {
        IReadOnlyList<string> ids = query.Texts("ids");
        string[] malformed = anyText ? [] : [.. ids.Where(id => !EntityId.IsWellFormed(id))];
        if (ids.Count < fewest || ids.Count > most || malformed.Length > 0)
        {
            string what = malformed.Length > 0 ? "not an id" : $"{ids.Count} ids";
            string allowed = fewest == most ? $"{most}" : $"{fewest} to {most}";
            query.Refuse("ids", $"{what}: \"{Query.Shorten(string.Join(',', malformed.Length > 0 ? malformed : ids))}\"; allowed: {allowed} ids of runs, separated by commas");
        }

        return ids;
    }
}
