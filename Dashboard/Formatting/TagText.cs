namespace Experiments.Dashboard.Formatting;

/// <summary>Tags as users type them: separated by commas.</summary>
public static class TagText
{
    public static IReadOnlyList<string> Split(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>The text with a tag toggled.</summary>
    public static string With(string text, string tag, bool isIn)
    {
        IEnumerable<string> others = Split(text).Where(other => other != tag);
        return string.Join(", ", isIn ? others.Append(tag) : others);
    }
}
