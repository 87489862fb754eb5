using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>How workers without the artifacts folder hand in their files.</summary>
internal static class UploadEndpoints
{
    private const string Path = "/runs/{id}/attempts/{attempt}/uploads/{name}";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup(Path).WithTags("Workers").For(AccessPolicies.Worker);
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
        string id, [Range(1, int.MaxValue)] string attempt, string name, Query<UploadParameters> query, ClaimsPrincipal caller, ArtifactUploads uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.ProgressAsync(UploadRequest.Read(id, attempt, name, query.Values) with { TokenId = caller.FindTokenId() }, cancellationToken));

    private static async Task<Ok<UploadView>> PutAsync(
        string id,
        [Range(1, int.MaxValue)] string attempt,
        string name,
        Query<UploadParameters> query,
        [FromHeader(Name = "Content-Range"), Description("Which bytes of the file the body is, `bytes FROM-TO/BYTES`; the whole file without it.")] string? contentRange,
        Stream body,
        ClaimsPrincipal caller,
        ArtifactUploads uploads,
        CancellationToken cancellationToken)
    {
        UploadRequest upload = UploadRequest.Read(id, attempt, name, query.Values) with { TokenId = caller.FindTokenId() };
        return TypedResults.Ok(await uploads.ReceiveAsync(upload, upload.ReadRange(contentRange), body, cancellationToken));
    }
}
