using Experiments.Contracts.Api;
using Experiments.Orchestrator.Audit;
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

    private static async Task<Ok<BulkResult>> DoAsync(HttpResponse response, JsonBody<BulkRequest> body, BulkRuns bulk, CancellationToken cancellationToken)
    {
        BulkRequest request = await body.ReadAsync<BulkRequest>(BulkRequestReader.TryRead, cancellationToken);
        BulkResult result = await bulk.DoAsync(request, cancellationToken);
        response.HttpContext.Features.Set(new AuditSubject(request.SweepId, [.. result.Runs.Where(run => run.Done).Select(run => run.Id)], request.DryRun));
        return TypedResults.Ok(result);
    }
}
