using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Configuration;

/// <summary>
/// Reads and writes a list of transforms: each a name, or a mapping of a name to parameters, such as
/// <c>[ { randomCrop: { padding: 4 } }, horizontalFlip ]</c>.
/// </summary>
internal static class TransformList
{
    private const int Longest = 32;

    /// <param name="json">An array.</param>
    /// <param name="errors">The errors by path within the list: <c>[0].randomCrop.padding</c>.</param>
    /// <returns>All transforms with values for all parameters; fewer when some could not be read.</returns>
    public static List<TransformSetting> Read(JsonElement json, SpecErrors errors)
    {
        int length = json.GetArrayLength();
        if (length is 0 or > Longest)
        {
            errors.Add(SpecErrors.Root, string.Create(CultureInfo.InvariantCulture,
                $"{length} transforms; allowed: 1 to {Longest}, or the name {AugmentationCatalog.All[0].Name} for nothing at all"));
            return [];
        }

        var transforms = new List<TransformSetting>(length);
        foreach ((int index, JsonElement element) in json.EnumerateArray().Index())
        {
            if (ReadOne(element, $"[{index}]", errors) is { } transform)
            {
                transforms.Add(transform);
            }
        }

        return transforms;
    }

    /// <summary>The list with all parameters, so that equal lists have equal texts.</summary>
    public static string ToJson(IEnumerable<TransformSetting> transforms) => JsonSerializer.Serialize(
        transforms.Select(transform => new Dictionary<string, IReadOnlyDictionary<string, double>> { [transform.Name] = transform.Parameters }));

    private static TransformSetting? ReadOne(JsonElement json, string path, SpecErrors errors)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return Find(json.GetString()!, path, errors) is { } named ? Settle(named, [], path, errors) : null;
        }

        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() != 1)
        {
            errors.Add(path, $"not a transform: {ProblemText.Quote(json)}; allowed: a name, or a name with parameters such as {{ randomCrop: {{ padding: 4 }} }}");
            return null;
        }

        JsonProperty property = json.EnumerateObject().Single();
        return Find(property.Name, path, errors) is { } info
            && SpecObject.Open(property.Value, $"{path}.{info.Name}", Example(info), errors) is { } block
            ? Settle(info, ReadParameters(info, block), $"{path}.{info.Name}", errors)
            : null;
    }

    private static TransformInfo? Find(string name, string path, SpecErrors errors)
    {
        if (TransformCatalog.Find(name) is { } info)
        {
            return info;
        }

        string shown = name.Length <= 80 ? name : string.Concat(name.AsSpan(0, 80), "…");
        string hint = NearestName.Hint(name, TransformCatalog.Names);
        errors.Add(path, ProblemText.Of($"unknown transform: \"{shown}\"", string.Join(", ", TransformCatalog.Names), hint));
        return null;
    }

    private static (string Name, double Value)[] ReadParameters(TransformInfo info, SpecObject block)
    {
        (string, double)[] values =
        [
            // Adding zero turns a negative zero into zero.
            .. info.Parameters.Select(parameter => (parameter.Name, 0.0 + (parameter.Whole
                ? block.TakeInteger(parameter.Name, (int)parameter.Default, (int)parameter.Range.Minimum, (int)parameter.Range.Maximum)
                : block.TakeNumber(parameter.Name, parameter.Default, parameter.Range)))),
        ];
        block.RefuseOthers();
        return values;
    }

    private static TransformSetting Settle(TransformInfo info, (string Name, double Value)[] given, string path, SpecErrors errors)
    {
        TransformSetting setting = info.With(given);
        foreach (TransformParameter parameter in info.Parameters)
        {
            if (parameter.NotAbove is { } bound && setting[parameter.Name] > setting[bound])
            {
                errors.Add($"{path}.{parameter.Name}", string.Create(CultureInfo.InvariantCulture,
                    $"above {bound}: {setting[parameter.Name]}; allowed: at most {setting[bound]}"));
            }
        }

        if (info.NeedsOne && setting.Parameters.Values.All(value => value == 0))
        {
            errors.Add(path, $"{info.Name} changes nothing; allowed: at least one above 0 of {string.Join(", ", setting.Parameters.Keys)}");
        }

        return setting;
    }

    private static string Example(TransformInfo info) => info.Parameters.Count == 0
        ? "{}, it has no parameters"
        : $"parameters: {string.Join(", ", info.Parameters.Select(parameter => parameter.Name))}";
}
