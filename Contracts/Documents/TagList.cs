using System.Text.Json;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Documents;

/// <summary>The tags of a sweep or a run: short texts without duplicates, in the order in which they were given.</summary>
public static class TagList
{
    /// <summary>Characters.</summary>
    public const int LongestTag = 50;

    /// <summary>Tags per sweep or run.</summary>
    public const int MostTags = 50;

    /// <summary>Reads a list of tags and adds its errors to <paramref name="errors"/>.</summary>
    /// <param name="path">The path of the list in its document.</param>
    public static IReadOnlyList<string> Read(JsonElement json, string path, SpecErrors errors)
    {
        var tags = new List<string>();
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostTags)
        {
            Refuse(path, json.ValueKind == JsonValueKind.Array ? "too many" : "not a list", json, $"a list of at most {MostTags} texts", ValueHints.List(json), errors);
            return tags;
        }

        foreach ((int index, JsonElement element) in json.EnumerateArray().Index())
        {
            string? tag = element.ValueKind == JsonValueKind.String ? Nfc.Of(element.GetString()!) : null;
            if (string.IsNullOrWhiteSpace(tag) || tag.Length > LongestTag)
            {
                Refuse($"{path}[{index}]", "not a tag", element, $"a text of 1 to {LongestTag} characters", ValueHints.Text(element), errors);
            }
            else if (!tags.Contains(tag))
            {
                tags.Add(tag);
            }
        }

        return tags;
    }

    private static void Refuse(string path, string what, JsonElement json, string allowed, string hint, SpecErrors errors) =>
        errors.Add(path, ProblemText.Of($"{what}: {ProblemText.Quote(json)}", allowed, hint));
}
