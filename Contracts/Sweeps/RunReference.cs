using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Experiments.Contracts.Sweeps;

/// <summary>How a hyperparameter names another run: <c>run:&lt;id&gt;</c>.</summary>
public static class RunReference
{
    private const string Prefix = "run:";
    private const int ShortestId = 16;

    public static bool IsRun([NotNullWhen(true)] string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length;

    public static string Of(string id) => Prefix + id;

    /// <summary>The id in such a text; null for any other.</summary>
    public static string? IdOf(string text) => IsRun(text) ? text[Prefix.Length..] : null;

    /// <summary>For an error message: what a bare id should be; null for what is none.</summary>
    internal static string? Hint(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && json.GetString() is { Length: >= ShortestId } text && text.All(char.IsAsciiLetterOrDigit) && text.Any(char.IsAsciiDigit)
            ? $"; write {Of(text)}"
            : null;
}
