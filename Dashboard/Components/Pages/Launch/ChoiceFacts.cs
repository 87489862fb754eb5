using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Facts about a choice of a hyperparameter. Pure.</summary>
/// <param name="Figure">The key figure, such as a model's parameters; null for none.</param>
/// <param name="Description">For a tool-tip; null for none.</param>
internal sealed record ChoiceFacts(string? Figure, string? Description)
{
    private static readonly ChoiceFacts None = new(null, null);

    public static ChoiceFacts Of(HyperparameterDefinition definition, string choice) => definition.Name switch
    {
        "model" when ModelCatalog.Find(choice) is { } model => new(
            Numbers.Rough(model.Parameters),
            $"{model.Description} {Numbers.Count(model.Parameters)} parameters with 10 classes; made for images of {model.UsualImageSize}×{model.UsualImageSize} pixels, takes them from {model.MinimumImageSize}×{model.MinimumImageSize}."),
        "augmentation" when AugmentationCatalog.Find(choice) is { } augmentation => new(null, augmentation.Description),
        _ => None,
    };
}
