using Experiments.Contracts.Api;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Experiments.Orchestrator.Api.Artifacts;

/// <summary>How workers without the artifacts folder hand in their files.</summary>
internal static class UploadEndpoints
{
    private const string Path = "/runs/{id}/attempts/{attempt}/uploads/{name}";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup(Path).WithTags("Workers");
        group.MapGet("", GetAsync)
            .Fails(400, 404, 409)
            .WithSummary("How much of a file has arrived: ?worker=&sha256=&bytes= say whose and which");
        group.MapPut("", PutAsync)
            .Fails(400, 404, 409, 416, 422, 423, 507)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .TakesBytes()
            .WithSummary("The bytes of a file, or those of its Content-Range, of the attempt that holds the run's lease; the file appears when it is whole and its SHA-256 right");
    }

    private static async Task<Ok<UploadView>> GetAsync(
        [AsParameters] UploadParameters parameters, ArtifactUploads uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.ProgressAsync(UploadRequest.Read(parameters), cancellationToken));

    private static async Task<Ok<UploadView>> PutAsync(
        [AsParameters] UploadParameters parameters, HttpRequest request, ArtifactUploads uploads, CancellationToken cancellationToken)
    {
        UploadRequest upload = UploadRequest.Read(parameters);
        return TypedResults.Ok(await uploads.ReceiveAsync(upload, upload.ReadRange(request), request.Body, cancellationToken));
    }

    private static RouteHandlerBuilder TakesBytes(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                },
            };
            return Task.CompletedTask;
        });
}
