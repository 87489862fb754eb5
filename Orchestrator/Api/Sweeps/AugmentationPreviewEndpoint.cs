using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Access;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Sweeps;

/// <summary>Has a worker show what an augmentation does: the Orchestrator itself never touches an image.</summary>
internal static class AugmentationPreviewEndpoint
{
    public static void MapAugmentationPreview(this RouteGroupBuilder api) => api
        .MapPost("/augmentations/preview", PreviewAsync)
        .For(AccessPolicies.Viewer)
        .WithName("PreviewAugmentation")
        .Fails(400, 413, 415, 422, 503)
        .WithTags("Catalog")
        .WithSummary("A few training images before and after an augmentation, as PNG");

    private static async Task<Ok<AugmentationPreview>> PreviewAsync(
        JsonBody<AugmentationPreviewBody> body, DatasetProbe folders, IRequestClient<PreviewAugmentation> workers, CancellationToken cancellationToken)
    {
        PreviewAugmentation asked = await body.ReadAsync<PreviewAugmentation>(PreviewReader.TryRead, cancellationToken);
        if (folders.WhyUnreachable(asked.Dataset) is { } problem)
        {
            throw Impossible("dataset.path", problem);
        }

        return TypedResults.Ok(await AskAsync(workers, asked, cancellationToken));
    }

    private static async Task<AugmentationPreview> AskAsync(
        IRequestClient<PreviewAugmentation> workers, PreviewAugmentation asked, CancellationToken cancellationToken)
    {
        try
        {
            Response<AugmentationPreview, PreviewRefused> response =
                await workers.GetResponse<AugmentationPreview, PreviewRefused>(asked, cancellationToken);
            return response.Is(out Response<AugmentationPreview>? shown) ? shown.Message
                : response.Is(out Response<PreviewRefused>? refused) ? throw Impossible("$", refused.Message.Reason)
                : throw new InvalidOperationException("neither an answer nor a refusal");
        }
        catch (RequestTimeoutException)
        {
            throw ApiException.Unavailable("no worker answered within a few seconds; images are shown by workers, so at least one must be up");
        }
    }

    private static ApiException Impossible(string path, string problem) => ApiException.Impossible("The images cannot be shown.", path, problem);
}
