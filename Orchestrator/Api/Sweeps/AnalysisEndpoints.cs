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
        group.MapGet("/columns", ColumnsAsync).WithName("GetSweepColumns").Fails(400, 404).WithSummary("All runs of a sweep, column by column");
        group.MapGet("/importance", ImportanceAsync).WithName("GetHyperparameterImportance").Fails(400, 404).WithSummary("How much each hyperparameter matters");
        group.MapGet("/progress", ProgressAsync).WithName("GetSweepProgress").Fails(400, 404).WithSummary("The best value so far, over time and over finished epochs");
        group.MapGet("/attempts", AttemptsAsync).WithName("ListSweepAttempts").Fails(404).WithSummary("All attempts of a sweep, column by column");
    }

    private static async Task<Ok<RunColumns>> ColumnsAsync(
        string id, Query<ColumnsParameters> query, SweepColumns columns, CancellationToken cancellationToken) =>
        TypedResults.Ok(await columns.ReadAsync(id, query.Values, cancellationToken));

    private static async Task<Ok<ImportanceView>> ImportanceAsync(
        string id, Query<ImportanceParameters> query, SweepImportance importance, CancellationToken cancellationToken) =>
        TypedResults.Ok(await importance.ReadAsync(id, query.Values, cancellationToken));

    private static async Task<Ok<ProgressView>> ProgressAsync(
        string id, Query<ProgressParameters> query, ProgressViews progress, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        return TypedResults.Ok(await progress.ReadAsync(id, query.Values.MaxPoints, cancellationToken));
    }

    private static async Task<Ok<SweepAttempts>> AttemptsAsync(string id, AttemptColumns attempts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await attempts.ReadAsync(id, cancellationToken));
}
