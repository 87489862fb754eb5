using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Api;

/// <summary>Reads the body of <c>POST /api/augmentations/preview</c>: <c>{ augmentation, dataset, imageSize?, seed? }</c>.</summary>
public static class PreviewReader
{
    /// <param name="errors">The errors by path; empty on success.</param>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out PreviewAugmentation? request, out IReadOnlyDictionary<string, string[]> errors) =>
        SpecErrors.TryRead(json, Read, out request, out errors);

    private static PreviewAugmentation? Read(JsonElement json, SpecErrors errors)
    {
        if (SpecObject.Open(json, SpecErrors.Root, "{ augmentation, dataset, imageSize, seed }", errors) is not { } root)
        {
            return null;
        }

        string augmentation = ReadAugmentation(root.Take("augmentation"), errors);
        DatasetSpec? dataset = DatasetBlock.Read(root.Take("dataset"), errors);
        object? imageSize = ReadHyperparameter(root, "imageSize");
        object? seed = ReadHyperparameter(root, "seed") ?? Hyperparameters.Default.Seed;
        root.RefuseOthers();
        return dataset is null ? null : new PreviewAugmentation
        {
            Augmentation = augmentation,
            Dataset = dataset,
            ImageSize = (int?)(long?)imageSize ?? DatasetCatalog.Find(dataset.Name)!.DefaultImageSize,
            Seed = (long)seed,
        };
    }

    private static string ReadAugmentation(JsonElement? json, SpecErrors errors)
    {
        if (json is not { } value)
        {
            errors.Add("augmentation", $"missing; allowed: {AugmentationHyperparameter.AllowedText}");
            return "";
        }

        AugmentationText.TryRead(value, out string text, out IReadOnlyDictionary<string, string[]> problems);
        foreach ((string path, string[] messages) in problems)
        {
            foreach (string message in messages)
            {
                errors.Add(path == SpecErrors.Root ? "augmentation" : $"augmentation{path}", message);
            }
        }

        return text;
    }

    private static object? ReadHyperparameter(SpecObject root, string name)
    {
        object? value = null;
        if (root.Take(name) is { } json && !HyperparameterCatalog.Find(name)!.TryRead(json, out value, out string problem))
        {
            root.Errors.Add(name, problem);
        }

        return value;
    }
}
