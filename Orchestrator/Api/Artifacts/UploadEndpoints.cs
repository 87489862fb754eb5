using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>How workers without the artifacts folder hand in their files.</summary>
internal static class UploadEndpoints
{
    private const string Path = "/runs/{id}/attempts/{attempt}/uploads/{name}";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup(Path).WithTags("Workers");
        group.MapGet("", GetAsync)
            .WithName("GetUploadProgress")
            .Fails(400, 404, 409)
            .WithSummary("How much of a file has arrived");
        group.MapPut("", PutAsync)
            .WithName("UploadFile")
            .Fails(400, 404, 409, 416, 422, 423, 507)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithSummary("The bytes of a file, or those of its Content-Range, of the attempt that holds the run's lease; the file appears when it is whole and its SHA-256 right");
    }

    private static async Task<Ok<UploadView>> GetAsync(
        string id, [Range(1, int.MaxValue)] string attempt, string name, Query<UploadParameters> query, ArtifactUploads uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.ProgressAsync(UploadRequest.Read(id, attempt, name, query.Values), cancellationToken));

    private static async Task<Ok<UploadView>> PutAsync(
        string id,
        [Range(1, int.MaxValue)] string attempt,
        string name,
        Query<UploadParameters> query,
        [FromHeader(Name = "Content-Range"), Description("Which bytes of the file the body is, `bytes FROM-TO/BYTES`; the whole file without it.")] string? contentRange,
        Stream body,
        ArtifactUploads uploads,
        CancellationToken cancellationToken)
    {
        UploadRequest upload = UploadRequest.Read(id, attempt, name, query.Values);
        return TypedResults.Ok(await uploads.ReceiveAsync(upload, upload.ReadRange(contentRange), body, cancellationToken));
    }
}
