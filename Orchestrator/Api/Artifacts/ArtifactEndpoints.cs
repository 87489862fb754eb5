using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Api.Artifacts;

internal static class ArtifactEndpoints
{
    public static void MapArtifacts(this RouteGroupBuilder api) => api
        .MapMethods("/runs/{id}/artifacts/{name}", [HttpMethods.Get, HttpMethods.Head], GetAsync)
        .WithName("DownloadArtifact")
        .Fails(404)
        .Sends(FileTypes.Any)
        .WithTags("Runs")
        .WithSummary("An artifact of a run; range requests are supported");

    private static async Task<FileStreamHttpResult> GetAsync(
        string id, string name, RunViews runs, ArtifactFolder store, CancellationToken cancellationToken)
    {
        Run run = await runs.FindAsync(id, cancellationToken);
        Artifact? artifact = JsonSerializer.Deserialize<List<Artifact>>(run.Artifacts, ContractJson.Options)!
            .Find(candidate => candidate.Name == name);

        // Only what the run lists: a name that leads elsewhere never gets to the store.
        Stream? content = artifact is null || run.ArtifactsAttempt is not { } attempt ? null : store.OpenRead(run.SourceId, attempt, artifact.Name);
        return content is null
            ? throw ApiException.NotFound("artifact", name)
            : TypedResults.File(
                content, FileTypes.Of(name), name, entityTag: new EntityTagHeaderValue($"\"{artifact!.Sha256}\""), enableRangeProcessing: true);
    }
}
