using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Which runs to put side by side, and how much of their curves to send.</summary>
/// <param name="Metrics">Empty for all metrics.</param>
/// <param name="MaxPoints">Longer curves are thinned; null for all points.</param>
/// <param name="SkipMissing">Whether the others are shown when some are not there.</param>
/// <param name="WithTimes">Whether points say when they were measured.</param>
/// <param name="WithAttempts">Whether points say which attempt measured them.</param>
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

    /// <summary>The ids of <c>ids</c>; what is wrong with them is noted in the query.</summary>
    /// <param name="anyText">Whether texts that cannot be ids count as ids of runs that are not there.</param>
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
