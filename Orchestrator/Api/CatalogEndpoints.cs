using Experiments.Contracts.Catalog;

namespace Experiments.Orchestrator.Api;

/// <summary>The models, augmentations and transforms that a sweep can name.</summary>
internal static class CatalogEndpoints
{
    public static void MapCatalog(this RouteGroupBuilder api)
    {
        api.MapGet("/models", () => TypedResults.Ok(ModelCatalog.All)).WithName("ListModels").WithTags("Catalog").WithSummary("The models, with their number of parameters");
        api.MapGet("/augmentations", () => TypedResults.Ok(AugmentationCatalog.All)).WithName("ListAugmentations").WithTags("Catalog").WithSummary("The augmentations that have a name");
        api.MapGet("/transforms", () => TypedResults.Ok(TransformCatalog.All)).WithName("ListTransforms").WithTags("Catalog").WithSummary("The transforms that an augmentation can be put together from");
    }
}
