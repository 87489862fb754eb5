using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>The pretrained weights that a run started with; unlike other artifacts, they are useful while it still trains.</summary>
internal static class InitializationEndpoints
{
    public static void MapInitialization(this RouteGroupBuilder api) => api
        .MapGet("/runs/{id}/initialization", GetAsync)
        .WithName("GetInitialization")
        .Fails(404)
        .WithTags("Runs")
        .WithSummary("How each tensor of the pretrained weights was used, as soon as they are loaded");

    private static async Task<Ok<Initialization>> GetAsync(string id, RunViews runs, ArtifactFolder store, CancellationToken cancellationToken)
    {
        Run run = await runs.FindAsync(id, cancellationToken);
        int newest = run.ArtifactsAttempt ?? run.Attempt;
        for (int attempt = newest; attempt >= 1; attempt--)
        {
            await using Stream? content = store.OpenRead(run.SourceId, attempt, Initialization.FileName);
            if (content is not null)
            {
                return TypedResults.Ok((await JsonSerializer.DeserializeAsync<Initialization>(content, ContractJson.Options, cancellationToken))!);
            }
        }

        throw ApiException.Missing($"Run \"{id}\" has loaded no pretrained weights.", "it begins with random ones, or has not come to loading them yet");
    }
}
