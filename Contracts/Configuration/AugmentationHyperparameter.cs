using System.Text.Json;
using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Configuration;

/// <summary>The name of an augmentation, or a list of transforms. Boxed as <see cref="AugmentationText"/> says.</summary>
internal sealed class AugmentationHyperparameter(string name, string label, HyperparameterGroup group, string description)
    : HyperparameterDefinition(name, label, group, description)
{
    /// <summary>The text of allowed values in errors.</summary>
    public static string AllowedText { get; } =
        $"{string.Join(", ", AugmentationCatalog.Names)}, or a list of transforms such as [ {{ randomCrop: {{ padding: 4 }} }}, horizontalFlip ]";

    public override HyperparameterKind Kind => HyperparameterKind.Choice;

    public override IReadOnlyList<string> Choices => AugmentationCatalog.Names;

    public override bool TakesList => true;

    public override string Allowed => AllowedText;

    public override object? Get(Hyperparameters hyperparameters) => hyperparameters.Augmentation;

    public override Hyperparameters Set(Hyperparameters hyperparameters, object? value) => hyperparameters with { Augmentation = (string)value! };

    public override bool TryRead(JsonElement json, out object? value, out string problem)
    {
        bool isRead = AugmentationText.TryRead(json, out string text, out IReadOnlyDictionary<string, string[]> problems);
        value = isRead ? text : null;
        problem = AugmentationText.Join(problems);
        return isRead;
    }

    public override void Write(Utf8JsonWriter writer, object? value)
    {
        string text = (string)value!;
        if (AugmentationText.IsList(text))
        {
            writer.WriteRawValue(text);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    public override string Describe(object? value) => AugmentationText.Describe((string)value!);
}
