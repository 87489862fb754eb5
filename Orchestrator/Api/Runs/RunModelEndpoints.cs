using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class RunModelEndpoints
{
    public static void MapRunModels(this RouteGroupBuilder api) => api
        .MapGet("/runs/{id}/model", GetAsync)
        .WithName("GetRunModel")
        .Fails(400, 404, 409, 422, 502, 503)
        .WithTags("Runs")
        .WithSummary("The run's network layer by layer, with its parameters and multiply-adds");

    private static async Task<Ok<ModelSummary>> GetAsync(string id, RunModels models, CancellationToken cancellationToken) =>
        TypedResults.Ok(await models.GetAsync(id, cancellationToken));
}
