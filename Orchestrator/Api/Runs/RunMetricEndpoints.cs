using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class RunMetricEndpoints
{
    public static void MapRunMetrics(this RouteGroupBuilder api) => api
        .MapGet("/runs/{id}/metrics", GetAsync)
        .WithName("GetRunMetrics")
        .Fails(400, 404)
        .WithTags("Runs")
        .WithSummary("Curves of a run, by metric");

    private static async Task<Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> GetAsync(
        string id, Query<RunMetricsParameters> query, RunViews runs, MetricArchive archive, CancellationToken cancellationToken)
    {
        RunMetricsParameters asked = query.Values;
        asked.ThrowIfInvalid();
        Run run = await runs.FindAsync(id, cancellationToken);
        IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> curves = await archive.ReadAsync(run.SourceId, asked.Name.Values, asked.MaxPoints, cancellationToken);
        return TypedResults.Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>(
            curves.ToDictionary(curve => curve.Key, curve => SeriesPoint.Select(curve.Value, withTimes: true, asked.Attempts)));
    }
}
