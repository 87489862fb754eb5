namespace Experiments.Contracts.Text;

/// <summary>How the values of an enum are written in sweep files: in lower case, without separators.</summary>
public static class EnumText
{
    public static string Of(Enum value) => value.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

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
