using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

internal static class ModelEndpoints
{
    private const int DefaultClasses = 10;
    private const int MostClasses = 100_000;

    /// <summary>A worker computes a forward pass beside its training: images of this size keep that to seconds.</summary>
    private const int LargestImage = 512;

    public static void MapModels(this RouteGroupBuilder api) => api
        .MapGet("/models/{name}", GetAsync)
        .Fails(400, 404, 503)
        .WithTags("Catalog")
        .WithSummary("A model layer by layer: ?classes=&imageSize=&smallInput=");

    private static async Task<Ok<ModelSummary>> GetAsync(
        string name, HttpRequest request, ModelDescriptions descriptions, CancellationToken cancellationToken)
    {
        ModelInfo model = ModelCatalog.Find(name) ?? throw ApiException.NotFound("model", name);
        var query = new Query(request.Query);
        int classes = query.Integer("classes", 2, MostClasses) ?? DefaultClasses;
        int imageSize = query.Integer("imageSize", model.MinimumImageSize, LargestImage) ?? model.UsualImageSize;
        bool? smallInput = query.Text("smallInput") is null ? null : query.Flag("smallInput");
        if (smallInput == true && !model.SmallInput)
        {
            query.Refuse("smallInput", $"not allowed: true; {name} has no stem for small images");
        }

        query.ThrowIfInvalid();
        bool small = smallInput ?? (model.SmallInput && imageSize <= CellDefaults.LargestSmallImage);
        return TypedResults.Ok(await descriptions.GetAsync(new DescribeModel(name, classes, imageSize, small), cancellationToken));
    }
}
