using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Experiments.Contracts.Configuration;

/// <summary>How a hyperparameter names another run: <c>run:&lt;id&gt;</c>.</summary>
public static class RunReference
{
    private const string Prefix = "run:";
    private const int IdLength = 26;
    private const string Separators = ":=/-_ \t";

    /// <summary>A run's id: Crockford's base 32, here also in capital letters.</summary>
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyzABCDEFGHJKMNPQRSTVWXYZ");

    private static readonly SearchValues<char> SeparatorValues = SearchValues.Create(Separators);

    /// <summary>True for <c>run:</c> followed by text; whether such a run exists is not checked.</summary>
    public static bool IsRun([NotNullWhen(true)] string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length && !text.Any(char.IsWhiteSpace);

    /// <summary>The text that names the run with this id.</summary>
    public static string Of(string id) => Prefix + id;

    /// <summary>The id in such a string; null for any other.</summary>
    public static string? IdOf(string text) => IsRun(text) ? text[Prefix.Length..] : null;

    /// <summary>
    /// For an error message: the correction of a bare id, <c>run: id</c> with a space, which YAML takes for a mapping, or the address of a run's page; null for
    /// any other text.
    /// </summary>
    internal static string? Hint(JsonElement json)
    {
        string? id = json.ValueKind switch
        {
            JsonValueKind.Object when json.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.String } only] && IsPrefix(only.Name) => only.Value.GetString()!.Trim(),
            JsonValueKind.String => IdIn(json.GetString()!.Trim()),
            _ => null,
        };
        return id is { Length: > 0 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? $"; write {Of(id)}" : null;
    }

    private static string? IdIn(string text)
    {
        if (IsBareId(text))
        {
            return text.ToLowerInvariant();
        }

        if (text.LastIndexOf("/runs/", StringComparison.Ordinal) is >= 0 and var page)
        {
            string id = text[(page + "/runs/".Length)..].Split('/', '?', '#')[0];
            return IsBareId(id) ? id : null;
        }

        return text.AsSpan().IndexOfAny(SeparatorValues) is > 0 and var end && IsPrefix(text[..end]) ? text[(end + 1)..].Trim([.. Separators]) : null;
    }

    private static bool IsBareId(string text) => text.Length == IdLength && !text.AsSpan().ContainsAnyExcept(IdCharacters);

    private static bool IsPrefix(string text) => text.Trim().ToUpperInvariant() is "RUN" or "RUNS" or "RUNID" or "RUN_ID" or "ID";
}
