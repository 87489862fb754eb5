using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Images of one augmentation.</summary>
/// <param name="Images">PNG files.</param>
public sealed record AugmentationStrip(string Label, IReadOnlyList<byte[]> Images);

/// <summary>The requests to a worker for previews of a draft's augmentations.</summary>
internal static class AugmentationRequests
{
    private const int Most = 6;

    private static readonly string[] Others = ["imageSize", "seed"];

    /// <summary>The label and request of each augmentation with an effect; none while the data set is incomplete.</summary>
    public static IReadOnlyList<(string Label, string Json)> Of(SweepDraft draft)
    {
        HyperparameterDefinition augmentation = HyperparameterCatalog.Find("augmentation")!;
        bool isComplete = DatasetCatalog.Find(draft.Dataset.Name) is { } info && (!info.NeedsPath || !string.IsNullOrWhiteSpace(draft.Dataset.Path));
        return !isComplete ? [] :
        [
            .. draft.ValuesOf(augmentation)
                .Where(value => !Equals(value, Hyperparameters.Default.Augmentation))
                .Take(Most)
                .Select(value => (augmentation.Describe(value), Request(draft, augmentation, value))),
        ];
    }

    private static string Request(SweepDraft draft, HyperparameterDefinition augmentation, object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("dataset");
            SweepSpecWriter.ToJson(new SweepSpec { Name = "", Dataset = draft.Dataset }).GetProperty("dataset").WriteTo(writer);
            foreach ((HyperparameterDefinition definition, object? chosen) in Chosen(draft).Append((augmentation, value)))
            {
                writer.WritePropertyName(definition.Name);
                definition.Write(writer, chosen);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The first value of the other hyperparameters that affect the images.</summary>
    private static IEnumerable<(HyperparameterDefinition Definition, object? Value)> Chosen(SweepDraft draft) =>
        Others
            .Select(name => HyperparameterCatalog.Find(name)!)
            .Select(definition => (Definition: definition, Values: draft.ValuesOf(definition)))
            .Where(parameter => parameter.Values is [not null, ..])
            .Select(parameter => (parameter.Definition, parameter.Values[0]));
}
