using Experiments.Contracts.Api;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class BulkEndpoint
{
    public static void MapBulk(this RouteGroupBuilder runs) => runs
        .MapPost("/bulk", DoAsync)
        .WithName("ChangeManyRuns")
        .Fails(400, 404, 413, 415)
        .WithSummary("Cancel, retry, tag or delete many runs");

    private static async Task<Ok<BulkResult>> DoAsync(JsonBody<BulkRequest> body, BulkRuns bulk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await bulk.DoAsync(await body.ReadAsync<BulkRequest>(BulkRequestReader.TryRead, cancellationToken), cancellationToken));
}
