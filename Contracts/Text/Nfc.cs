using System.Text;

namespace Experiments.Contracts.Text;

/// <summary>
/// Unicode's normalization form C: <c>é</c> is one character, however it was typed or stored. macOS writes file names decomposed, others composed.
/// <see cref="string.Normalize()"/> returns its input in invariant globalization mode, which all services run in.
/// </summary>
public static class Nfc
{
    /// <summary>Characters below this one are all composed, and none combines.</summary>
    private const char FirstMark = '\u0300';

    /// <summary>The text with each character composed as far as possible. Lone surrogates are kept.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAnyInRange(FirstMark, char.MaxValue) < 0 ? text : Write(Compose(Decompose(text)));

    private static List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            AddDecomposed(codes, isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }

        SortMarks(codes);
        return codes;
    }

    private static void AddDecomposed(List<int> codes, int code)
    {
        if (Hangul.TryDecompose(code, codes))
        {
            return;
        }

        if (!NfcTable.Decompositions.TryGetValue(code, out (int First, int Second) parts))
        {
            codes.Add(code);
            return;
        }

        AddDecomposed(codes, parts.First);
        if (parts.Second != 0)
        {
            AddDecomposed(codes, parts.Second);
        }
    }

    /// <summary>Sorts the marks after each character by their class (stable).</summary>
    private static void SortMarks(List<int> codes)
    {
        for (int i = 1; i < codes.Count; i++)
        {
            int combining = NfcTable.ClassOf(codes[i]);
            for (int j = i; combining > 0 && j > 0 && NfcTable.ClassOf(codes[j - 1]) > combining; j--)
            {
                (codes[j], codes[j - 1]) = (codes[j - 1], codes[j]);
            }
        }
    }

    /// <summary>Combines each mark with the last starter, unless a mark of the same or a higher class is between them.</summary>
    private static List<int> Compose(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        int starter = -1;
        int between = 0;
        foreach (int code in codes)
        {
            int combining = NfcTable.ClassOf(code);
            bool isBlocked = starter < 0 || (between >= combining && composed.Count - 1 > starter);
            if (!isBlocked && TryCompose(composed[starter], code) is { } joined)
            {
                composed[starter] = joined;
                continue;
            }

            composed.Add(code);
            if (combining == 0)
            {
                starter = composed.Count - 1;
            }

            between = combining;
        }

        return composed;
    }

    private static int? TryCompose(int first, int second) => Hangul.TryCompose(first, second)
        ?? (NfcTable.Compositions.TryGetValue((first, second), out int joined) ? joined : null);

    private static string Write(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (int code in codes)
        {
            _ = code <= char.MaxValue ? text.Append((char)code) : text.Append(char.ConvertFromUtf32(code));
        }

        return text.ToString();
    }
}
