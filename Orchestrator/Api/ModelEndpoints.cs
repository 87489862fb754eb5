using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

internal static class ModelEndpoints
{
    public static void MapModels(this RouteGroupBuilder api) => api
        .MapGet("/models/{name}", GetAsync)
        .WithName("GetModel")
        .Fails(400, 404, 502, 503)
        .WithTags("Catalog")
        .WithSummary("A model layer by layer");

    private static async Task<Ok<ModelSummary>> GetAsync(
        string name, Query<ModelParameters> query, ModelDescriptions descriptions, CancellationToken cancellationToken)
    {
        ModelInfo model = ModelCatalog.Find(name) ?? throw ApiException.NotFound("model", name);
        ModelParameters asked = query.Values;
        int imageSize = QueryReader.Integer(asked, "imageSize", asked.ImageSize, model.MinimumImageSize, ModelParameters.LargestImage) ?? model.UsualImageSize;
        if (asked.SmallInput == true && !model.SmallInput)
        {
            asked.Refuse("smallInput", $"not allowed: true; {name} has no stem for small images");
        }

        asked.ThrowIfInvalid();
        bool small = asked.SmallInput ?? (model.SmallInput && imageSize <= CellDefaults.LargestSmallImage);
        return TypedResults.Ok(await descriptions.GetAsync(new DescribeModel(name, asked.Classes, imageSize, small), cancellationToken));
    }
}
