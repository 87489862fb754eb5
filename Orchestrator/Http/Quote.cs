namespace Experiments.Orchestrator.Http;

/// <summary>Given values in messages.</summary>
internal static class Quote
{
    private const int Longest = 80;

    public static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
