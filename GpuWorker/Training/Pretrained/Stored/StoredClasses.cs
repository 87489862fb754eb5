using System.Globalization;
using System.Text.Json;

namespace Experiments.GpuWorker.Training.Pretrained.Stored;

/// <summary>The classes of the outputs, as stored in a file.</summary>
/// <param name="Names">The names in the order of the outputs; null if they cannot be interpreted.</param>
/// <param name="Text">The original text.</param>
internal sealed record StoredClasses(IReadOnlyList<string>? Names, string Text)
{
    private const string NumbersByName = "class_to_idx";
    private const string NamesByNumber = "idx_to_class";

    /// <summary>The keys under which a file may name its classes. The first is the one that runs write.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["classes", "class_names", NumbersByName, NamesByNumber];

    /// <summary>
    /// Reads a JSON list of names or numbers in the order of the outputs, or an object that has the names by the numbers of the outputs or the numbers by the names.
    /// Contradicting keys and ambiguous objects are not interpreted.
    /// </summary>
    /// <returns>Null if the file does not name its classes.</returns>
    public static StoredClasses? Read(IReadOnlyDictionary<string, string> texts)
    {
        StoredClasses[] found = [.. Keys.Where(texts.ContainsKey).Select(key => new StoredClasses(NamesIn(key, texts[key]), texts[key]))];
        StoredClasses[] understood = [.. found.Where(classes => classes.Names is not null)];
        return understood.Length == 0 ? found.FirstOrDefault()
            : understood.All(classes => classes.Names!.SequenceEqual(understood[0].Names!)) ? understood[0]
            : new StoredClasses(null, string.Join(" and ", understood.Select(classes => classes.Text)));
    }

    private static string[]? NamesIn(string key, string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => OfList([.. json.RootElement.EnumerateArray().Select(NameOf)]),
                JsonValueKind.Object => OfPairs(
                    key,
                    [.. json.RootElement.EnumerateObject().Select(item => (item.Name, NameOf(item.Value)))],
                    json.RootElement.EnumerateObject().Any(item => item.Value.ValueKind == JsonValueKind.String)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number => item.GetRawText(),
        _ => null,
    };

    private static string[]? OfList(string?[] names) => names.Length > 0 && !names.Contains(null) ? [.. names.OfType<string>()] : null;

    private static string[]? OfPairs(string key, (string Key, string? Value)[] items, bool hasTexts)
    {
        if (items.Length == 0 || items.Any(item => item.Value is null))
        {
            return null;
        }

        string[]? byKey = Ordered([.. items.Select(item => (item.Key, item.Value!))]);
        string[]? byValue = Ordered([.. items.Select(item => (item.Value!, item.Key))]);

        // Texts are names. A map of numbers to numbers is ambiguous unless the key tells its direction.
        return hasTexts ? byKey ?? byValue
            : key == NumbersByName ? byValue
            : key == NamesByNumber ? byKey
            : byKey is null || byValue is null || byKey.SequenceEqual(byValue) ? byValue ?? byKey
            : null;
    }

    /// <returns>Null unless the places are 0, 1, 2, … in any order.</returns>
    private static string[]? Ordered((string Place, string Name)[] items)
    {
        string?[] names = new string?[items.Length];
        foreach ((string place, string name) in items)
        {
            if (!int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= names.Length || names[index] is not null)
            {
                return null;
            }

            names[index] = name;
        }

        return [.. names.OfType<string>()];
    }
}
