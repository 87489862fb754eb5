using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Configuration;

/// <summary>
/// An augmentation as <see cref="Hyperparameters.Augmentation"/> holds it: a name from <see cref="AugmentationCatalog"/>, or a list of
/// transforms as JSON with every parameter, so that equal augmentations have equal texts.
/// </summary>
public static class AugmentationText
{
    /// <summary>Reads the value of a sweep file.</summary>
    /// <param name="text">The augmentation; empty on failure.</param>
    /// <param name="problems">The errors by path within the value; <c>$</c> is the value itself.</param>
    public static bool TryRead(JsonElement json, out string text, out IReadOnlyDictionary<string, string[]> problems)
    {
        var errors = new SpecErrors();
        text = json.ValueKind switch
        {
            JsonValueKind.Array => TransformList.ToJson(TransformList.Read(json, errors)),
            JsonValueKind.String => ReadName(json.GetString()!, json, errors),
            _ => Refuse("not a name or a list", json, ValueHints.Name(json, AugmentationCatalog.Names), errors),
        };
        problems = errors.ToDictionary();
        text = errors.Any ? "" : text;
        return !errors.Any;
    }

    /// <summary>The transforms of an augmentation, in order.</summary>
    /// <exception cref="FormatException">There is no such augmentation.</exception>
    public static IReadOnlyList<TransformSetting> TransformsOf(string text)
    {
        if (AugmentationCatalog.Find(text) is { } named)
        {
            return named.Transforms;
        }

        if (!IsList(text))
        {
            throw new FormatException($"unknown augmentation: \"{text}\"; there are {string.Join(", ", AugmentationCatalog.Names)}");
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            var errors = new SpecErrors();
            List<TransformSetting> transforms = TransformList.Read(json.RootElement, errors);
            return errors.Any ? throw new FormatException($"not an augmentation: {Join(errors.ToDictionary())}") : transforms;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"not an augmentation: {text}", exception);
        }
    }

    /// <summary>For display: the name, or <c>randomCrop · colorJitter(brightness 0.4)</c> with the parameters that are not the default.</summary>
    public static string Describe(string text) =>
        IsList(text) ? string.Join(" · ", TransformsOf(text).Select(Describe)) : text;

    /// <summary>True for a list of transforms, false for a name.</summary>
    public static bool IsList(string text) => text.StartsWith('[');

    /// <summary>All problems in one line, each with where it is.</summary>
    internal static string Join(IReadOnlyDictionary<string, string[]> problems) => string.Join("; ", problems.SelectMany(problem =>
        problem.Value.Select(message => problem.Key == SpecErrors.Root ? message : $"{problem.Key}: {message}")));

    private static string Describe(TransformSetting transform)
    {
        IEnumerable<string> special = TransformCatalog.Find(transform.Name)!.Parameters
            .Where(parameter => transform[parameter.Name] != parameter.Default)
            .Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} {transform[parameter.Name]:G4}"));
        string parameters = string.Join(", ", special);
        return parameters.Length == 0 ? transform.Name : $"{transform.Name}({parameters})";
    }

    private static string ReadName(string name, JsonElement json, SpecErrors errors)
    {
        if (AugmentationCatalog.Find(name) is not null)
        {
            return name;
        }

        string hint = TransformCatalog.Find(name) is not null ? $"; put a transform in a list: [ {name} ]"
            : NearestName.Hint(name, AugmentationCatalog.Names);
        return Refuse("unknown value", json, hint, errors);
    }

    private static string Refuse(string what, JsonElement json, string hint, SpecErrors errors)
    {
        errors.Add(SpecErrors.Root, ProblemText.Of($"{what}: {ProblemText.Quote(json)}", AugmentationHyperparameter.AllowedText, hint));
        return "";
    }
}
