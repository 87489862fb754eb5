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
        .Fails(400, 404)
        .WithTags("Runs")
        .WithSummary("Curves of a run: ?name=&maxPoints=&attempts=, name repeated or separated by commas");

    private static async Task<Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> GetAsync(
        string id, HttpRequest request, RunViews runs, MetricArchive archive, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        int? maxPoints = query.MaxPoints();
        bool withAttempts = query.WithAttempts();
        query.ThrowIfInvalid();
        Run run = await runs.FindAsync(id, cancellationToken);
        IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> curves = await archive.ReadAsync(run.SourceId, query.Texts("name"), maxPoints, cancellationToken);
        return TypedResults.Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>(
            curves.ToDictionary(curve => curve.Key, curve => SeriesPoint.Select(curve.Value, withTimes: true, withAttempts)));
    }
}
