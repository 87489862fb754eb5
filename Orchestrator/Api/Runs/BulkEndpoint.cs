using Experiments.Contracts.Api;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class BulkEndpoint
{
    public static void MapBulk(this RouteGroupBuilder runs) => runs
        .MapPost("/bulk", DoAsync)
        .TakesJsonOrYaml()
        .Fails(400, 404, 413, 415)
        .WithSummary("Cancel, retry, tag or delete many runs: { action, ids | sweepId, status, filter, add, remove, dryRun }");

    private static async Task<Ok<BulkResult>> DoAsync(HttpRequest request, BulkRuns bulk, CancellationToken cancellationToken) =>
        BulkRequestReader.TryRead(await JsonBody.ReadAsync(request, cancellationToken), out BulkRequest? read, out IReadOnlyDictionary<string, string[]> errors)
            ? TypedResults.Ok(await bulk.DoAsync(read, cancellationToken))
            : throw ApiException.BadRequest(errors);
}
