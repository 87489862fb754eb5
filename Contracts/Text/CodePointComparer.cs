namespace Experiments.Contracts.Text;

/// <summary>
/// Orders texts by their Unicode characters, as Python's <c>sorted()</c> does. Ordinal comparison uses UTF-16 units, in which characters above U+FFFF
/// (emoji, rare Chinese characters) come before those from U+E000 on (full-width letters, compatibility characters).
/// </summary>
public sealed class CodePointComparer : IComparer<string>
{
    /// <summary>The comparer; it has no state.</summary>
    public static CodePointComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        int same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length - y.Length : Rank(x[same]) - Rank(y[same]);
    }

    /// <summary>Surrogates, which encode characters above U+FFFF, sort after all others.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
