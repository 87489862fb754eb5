using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs;

/// <summary>Puts runs side by side.</summary>
public sealed class RunComparisons(IDbContextFactory<StateContext> contexts, MetricArchive archive)
{
    public const int MostRuns = 100;

    /// <param name="metrics">Empty for all metrics.</param>
    /// <exception cref="ApiException">One of the runs is not there.</exception>
    public async Task<RunComparison> CompareAsync(
        IReadOnlyList<string> ids, IReadOnlyList<string> metrics, int? maxPoints, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, Run> found = await db.Runs.AsNoTracking()
            .Where(run => ids.Contains(run.Id))
            .ToDictionaryAsync(run => run.Id, cancellationToken);
        if (ids.FirstOrDefault(id => !found.ContainsKey(id)) is { } missing)
        {
            throw ApiException.NotFound("run", missing);
        }

        Run[] runs = [.. ids.Select(id => found[id])];
        RunView[] views = [.. runs.Select(RunViews.Show)];
        (IReadOnlyList<string> differing, IReadOnlyDictionary<string, JsonElement> shared) = Split(views);
        return new RunComparison(views, differing, shared, await SeriesAsync(runs, metrics, maxPoints, cancellationToken));
    }

    private static (IReadOnlyList<string> Differing, IReadOnlyDictionary<string, JsonElement> Shared) Split(RunView[] runs)
    {
        string[] keys = [.. runs.SelectMany(run => run.Config.Keys).Distinct()];
        string[] differing = [.. keys.Where(key => runs.Select(run => Text(run, key)).Distinct().Count() > 1)];
        return (differing, keys.Except(differing).ToDictionary(key => key, key => runs[0].Config[key]));
    }

    private static string? Text(RunView run, string key) => run.Config.TryGetValue(key, out JsonElement value) ? value.GetRawText() : null;

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> SeriesAsync(
        Run[] runs, IReadOnlyList<string> metrics, int? maxPoints, CancellationToken cancellationToken)
    {
        var byMetric = new SortedDictionary<string, Dictionary<string, IReadOnlyList<SeriesPoint>>>(StringComparer.Ordinal);
        foreach (Run run in runs)
        {
            foreach ((string name, IReadOnlyList<SeriesPoint> points) in await archive.ReadAsync(run.SourceId, metrics, maxPoints, cancellationToken))
            {
                if (!byMetric.TryGetValue(name, out Dictionary<string, IReadOnlyList<SeriesPoint>>? byRun))
                {
                    byMetric.Add(name, byRun = []);
                }

                byRun.Add(run.Id, points);
            }
        }

        return byMetric.ToDictionary(
            metric => metric.Key, metric => (IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>)metric.Value);
    }
}
