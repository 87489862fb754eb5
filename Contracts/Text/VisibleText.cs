using System.Buffers;
using System.Globalization;
using System.Text;

namespace Experiments.Contracts.Text;

/// <summary>
/// Names that are safe to display: invisible characters that change the text around them (bidirectional controls turn <c>gpj.exe</c> around,
/// line breaks begin a line) are written as <c>\u202E</c>.
/// </summary>
public static class VisibleText
{
    private static readonly SearchValues<char> Hidden = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
        '\u061C', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069',
    ]);

    /// <summary>The text with every hidden character written as an escape; text without any is returned unchanged.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAny(Hidden) < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (char letter in text)
        {
            _ = Hidden.Contains(letter) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}") : shown.Append(letter);
        }

        return shown.ToString();
    }
}
