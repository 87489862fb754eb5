using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>The files that an attempt has published so far, including checkpoints: for workers that resume from it.</summary>
internal static class AttemptFileEndpoints
{
    public static void MapAttemptFiles(this RouteGroupBuilder api) => api
        .MapMethods("/runs/{id}/attempts/{attempt}/files/{name}", [HttpMethods.Get, HttpMethods.Head], GetAsync)
        .For(AccessPolicies.Any)
        .WithName("DownloadAttemptFile")
        .Fails(400, 404)
        .Sends(FileTypes.Any)
        .WithTags("Runs")
        .WithSummary("A file that an attempt has left so far; attempt 0 is the checkpoint of epochs that another run trained for this one. Ranges are supported, and the ETag is the file's SHA-256");

    private static async Task<FileStreamHttpResult> GetAsync(
        string id, [Range(Attempt.OfStage, int.MaxValue)] string attempt, string name, RunViews runs, ArtifactFolder folder, CancellationToken cancellationToken)
    {
        int number = AttemptNumber.Read(attempt, Attempt.OfStage);
        ArtifactNameCheck.Require(name);
        await runs.FindAsync(id, cancellationToken);
        FileStream content = folder.OpenRead(id, number, name) ?? throw ApiException.NotFound("file", name);
        try
        {
            // The open file stays what it is, also when its name goes to another meanwhile.
            string sha256 = await ArtifactDigest.OfAsync(content.SafeFileHandle, cancellationToken);
            return TypedResults.File(content, FileTypes.Of(name), name, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
