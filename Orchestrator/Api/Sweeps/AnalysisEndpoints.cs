using Experiments.Contracts.Api;
using Experiments.Orchestrator.Analysis;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Sweeps;

internal static class AnalysisEndpoints
{
    public static void MapAnalysis(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/sweeps/{id}").WithTags("Analysis");
        group.MapGet("/columns", ColumnsAsync).Fails(400, 404).WithSummary("All runs of a sweep, column by column: ?columns=&status=&filter=");
        group.MapGet("/importance", ImportanceAsync).Fails(400, 404).WithSummary("How much each hyperparameter matters: ?metric=&hyperparameters=&status=&filter=");
        group.MapGet("/attempts", AttemptsAsync).Fails(404).WithSummary("All attempts of a sweep, column by column");
    }

    private static async Task<Ok<RunColumns>> ColumnsAsync(string id, HttpRequest request, SweepColumns columns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await columns.ReadAsync(id, request.Query, cancellationToken));

    private static async Task<Ok<ImportanceView>> ImportanceAsync(
        string id, HttpRequest request, SweepImportance importance, CancellationToken cancellationToken) =>
        TypedResults.Ok(await importance.ReadAsync(id, request.Query, cancellationToken));

    private static async Task<Ok<SweepAttempts>> AttemptsAsync(string id, AttemptColumns attempts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await attempts.ReadAsync(id, cancellationToken));
}
