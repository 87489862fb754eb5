using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Compares runs.</summary>
public sealed class RunComparisons(RunViews runs, MetricArchive archive)
{
    public const int MostRuns = 200;

    /// <exception cref="ApiException">The query is not valid, or one of the runs does not exist, and missing runs are not skipped.</exception>
    internal async Task<RunComparison> CompareAsync(ComparisonParameters request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = request.Ids.Values;
        ComparedIds.Check(request, ids, 1, MostRuns, request.SkipMissing);
        request.ThrowIfInvalid();
        IReadOnlyList<Run> found = await runs.FindManyAsync(ids, cancellationToken);
        string[] missing = [.. ids.Except(found.Select(run => run.Id))];
        if (missing is [{ } first, ..] && !request.SkipMissing)
        {
            throw ApiException.NotFound("run", first);
        }

        IReadOnlyList<RunView> views = await runs.ShowAsync(found, cancellationToken);
        (IReadOnlyList<string> differing, IReadOnlyDictionary<string, JsonElement> shared) = Split(views);
        return new RunComparison(views, differing, shared, await SeriesAsync(found, request, cancellationToken), missing.Length > 0 ? missing : null);
    }

    private static (IReadOnlyList<string> Differing, IReadOnlyDictionary<string, JsonElement> Shared) Split(IReadOnlyList<RunView> runs)
    {
        string[] keys = [.. runs.SelectMany(run => run.Config.Keys).Distinct()];
        string[] differing = [.. keys.Where(key => runs.Select(run => Text(run, key)).Distinct().Count() > 1)];
        return (differing, keys.Except(differing).ToDictionary(key => key, key => runs[0].Config[key]));
    }

    private static string? Text(RunView run, string key) => run.Config.TryGetValue(key, out JsonElement value) ? value.GetRawText() : null;

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> SeriesAsync(
        IReadOnlyList<Run> found, ComparisonParameters request, CancellationToken cancellationToken)
    {
        // Runs that took over a result share its curves.
        ILookup<string, string> bySource = found.ToLookup(run => run.SourceId, run => run.Id);
        string[] sources = [.. bySource.Select(source => source.Key)];
        var byMetric = new SortedDictionary<string, Dictionary<string, IReadOnlyList<SeriesPoint>>>(StringComparer.Ordinal);
        foreach ((Series series, IReadOnlyList<SeriesPoint> points) in await archive.ReadManyAsync(sources, request.Metrics.Values, request.MaxPoints, cancellationToken))
        {
            if (!byMetric.TryGetValue(series.Name, out Dictionary<string, IReadOnlyList<SeriesPoint>>? byRun))
            {
                byMetric.Add(series.Name, byRun = []);
            }

            IReadOnlyList<SeriesPoint> sent = SeriesPoint.Select(points, request.Times, request.Attempts);
            foreach (string id in bySource[series.RunId])
            {
                byRun.Add(id, sent);
            }
        }

        return byMetric.ToDictionary(
            metric => metric.Key, metric => (IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>)metric.Value);
    }
}
