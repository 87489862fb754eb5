namespace Experiments.Contracts.Text;

/// <summary>How the values of an enum are written in sweep files: in lower case, without separators.</summary>
public static class EnumText
{
    /// <summary>The value's name in lower case.</summary>
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>The names of all values, in the order of their declaration.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    /// <summary>Reads what <see cref="Of"/> wrote; other cases and numbers are not accepted.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == text)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
