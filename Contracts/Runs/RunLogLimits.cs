using System.Text;

namespace Experiments.Contracts.Runs;

/// <summary>How much of an attempt's log is stored: enough for a long training that logs each epoch, and no more than a user can read.</summary>
public static class RunLogLimits
{
    /// <summary>Lines of an attempt, without those that report how many were dropped.</summary>
    public const int MostLines = 10_000;

    /// <summary>Each stored line may be preceded by one that reports how many were dropped.</summary>
    public const int LastSequence = 2 * MostLines;

    /// <summary>Characters of a message.</summary>
    public const int LongestMessage = 4_000;

    /// <summary>Characters of an exception.</summary>
    public const int LongestDetail = 4_000;

    /// <summary>Lines per message.</summary>
    public const int MostLinesTogether = 500;

    private const char Unreadable = '\uFFFD';

    /// <summary>
    /// The text in a form that can be stored, searched and shown: cut to <paramref name="most"/> characters, and without invalid ones, such as half of a
    /// surrogate pair or the escape codes with which terminals change color.
    /// </summary>
    public static string Tidy(string text, int most)
    {
        string whole = text.ReplaceLineEndings("\n");
        string cut = whole.Length <= most ? whole : string.Concat(whole.AsSpan(0, most - 1), "…");
        if (IsTidy(cut))
        {
            return cut;
        }

        var tidy = new StringBuilder(cut.Length);
        foreach (Rune rune in cut.EnumerateRunes())
        {
            tidy.Append(IsAllowed(rune) ? rune.ToString() : Unreadable.ToString());
        }

        return tidy.ToString();
    }

    private static bool IsTidy(string text)
    {
        foreach (char c in text)
        {
            if (char.IsSurrogate(c) || !IsAllowed(new Rune(c)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAllowed(Rune rune) => rune.Value is '\n' or '\t' || !Rune.IsControl(rune);
}
