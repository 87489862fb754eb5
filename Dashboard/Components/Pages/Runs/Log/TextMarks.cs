namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <summary>Finds search results in text. Pure.</summary>
public static class TextMarks
{
    /// <summary>Splits text into parts, with matches of the search (ignoring case) as separate parts.</summary>
    /// <param name="search">Null or empty for no search.</param>
    public static IReadOnlyList<(string Part, bool IsFound)> Of(string text, string? search)
    {
        if (string.IsNullOrEmpty(search))
        {
            return [(text, false)];
        }

        var parts = new List<(string, bool)>();
        int start = 0;
        for (int found = text.IndexOf(search, StringComparison.OrdinalIgnoreCase); found >= 0; found = text.IndexOf(search, start, StringComparison.OrdinalIgnoreCase))
        {
            if (found > start)
            {
                parts.Add((text[start..found], false));
            }

            parts.Add((text.Substring(found, search.Length), true));
            start = found + search.Length;
        }

        if (start < text.Length)
        {
            parts.Add((text[start..], false));
        }

        return parts;
    }
}
