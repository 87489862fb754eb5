using System.Text.Json;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Documents;

/// <summary>The text of an error: what is wrong with which value, what to write instead, what is allowed.</summary>
public static class ProblemText
{
    /// <param name="what">The problem with the value: <c>unknown key: "lr"</c>.</param>
    /// <param name="allowed">The allowed values; they come last, since the text can be long.</param>
    /// <param name="hint">The probable intention, as formatted by <see cref="NearestName.Hint"/>; empty for no hint.</param>
    public static string Of(string what, string allowed, string hint = "") =>
        $"{what}{hint}{(hint.EndsWith('?') ? "" : ";")} allowed: {allowed}";

    /// <summary>The JSON text of a value, cut to a length that fits an error message.</summary>
    internal static string Quote(JsonElement json)
    {
        const int Longest = 80;
        string text = json.GetRawText();
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
    }
}
