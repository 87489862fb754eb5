using System.Text.Json;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Filters;

/// <summary>Writes conditions as the filter of runs reads them.</summary>
public static class FilterText
{
    private static readonly string[] Keywords = ["and", "or", "not", "in", "null", "auto", "true", "false"];

    /// <summary><c>name = value</c>; null for a string with both kinds of quotes, which no filter can hold.</summary>
    /// <param name="value">The value in the form that configurations store.</param>
    public static string? Equal(string name, JsonElement value) =>
        Value(value) is { } text && Quote(name) is { } quoted ? $"{quoted} = {text}" : null;

    /// <summary>A value in filter syntax; null for a string with both kinds of quotes.</summary>
    /// <param name="value">The value in the form that configurations store.</param>
    public static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => HyperparameterDefinition.Format(null),
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => Quote(value.GetRawText()),
    };

    /// <summary>Joins two conditions with <c>and</c>; a condition that the filter already contains is not added again.</summary>
    public static string? With(string? filter, string? condition) =>
        filter is not null && condition is not null && !filter.Contains(" or ", StringComparison.OrdinalIgnoreCase) && filter.Split(" and ", StringSplitOptions.TrimEntries).Contains(condition) ? filter : All(filter, condition);

    /// <summary><c>name ~ text</c>; null for a string with both kinds of quotes.</summary>
    public static string? Contains(string name, string text) => Quote(text) is { } quoted ? $"{name} ~ {quoted}" : null;

    /// <summary>Joins the conditions that are not null with <c>and</c>; null when there is none.</summary>
    public static string? All(params IReadOnlyList<string?> conditions)
    {
        string[] given = [.. conditions.OfType<string>().Where(condition => !string.IsNullOrWhiteSpace(condition))];
        return given.Length switch
        {
            0 => null,
            1 => given[0],
            _ => string.Join(" and ", given.Select(Group)),
        };
    }

    private static string Group(string condition) =>
        condition.Contains("or", StringComparison.OrdinalIgnoreCase) ? $"({condition})" : condition;

    /// <summary>A string in filter syntax: in quotes if it needs them; null if it contains both kinds of quotes.</summary>
    public static string? Quote(string text) => IsPlain(text) ? text : !text.Contains('\'', StringComparison.Ordinal) ? $"'{text}'" : !text.Contains('"', StringComparison.Ordinal) ? $"\"{text}\"" : null;

    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '/' or '.' or '-')
        && !Keywords.Contains(text, StringComparer.OrdinalIgnoreCase) && !text.Equals("nan", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("infinity", StringComparison.OrdinalIgnoreCase);
}
