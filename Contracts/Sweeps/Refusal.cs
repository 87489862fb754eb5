namespace Experiments.Contracts.Sweeps;

/// <summary>The text of an error: what is wrong with which value, what to write instead, what is allowed.</summary>
public static class Refusal
{
    /// <param name="what">With the value: <c>unknown key: "lr"</c>.</param>
    /// <param name="allowed">All that is allowed; comes last, since it can be long.</param>
    /// <param name="hint">What was probably meant, as <see cref="NearestName.Hint"/> says it; empty for nothing.</param>
    public static string Text(string what, string allowed, string hint = "") =>
        $"{what}{hint}{(hint.EndsWith('?') ? "" : ";")} allowed: {allowed}";
}
