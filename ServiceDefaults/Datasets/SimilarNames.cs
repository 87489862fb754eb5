using System.Globalization;
using System.Text;
using Experiments.Contracts.Text;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>Finds class names that look the same: they differ only by case, by spaces, underscores and dashes between letters, or by invisible characters.</summary>
internal static class SimilarNames
{
    /// <summary>Finds groups of similar names, in the order given.</summary>
    /// <param name="names">The names as stored on the disk.</param>
    public static IEnumerable<IReadOnlyList<string>> Find(IEnumerable<string> names) =>
        names.GroupBy(Fold).Where(alike => alike.Count() > 1).Select(alike => alike.ToArray());

    /// <returns>The first of the names that looks like this one; null where none does.</returns>
    public static string? Find(string name, IEnumerable<string> names)
    {
        string folded = Fold(name);
        return names.FirstOrDefault(other => Fold(other) == folded);
    }

    /// <summary>In quotes, with invisible characters written as <c>\u200B</c>.</summary>
    public static string Show(string name) => $"\"{string.Concat(name.Select(letter => letter == ' ' || (IsSeen(letter) && !char.IsWhiteSpace(letter)) ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}")))}\"";

    private static string Fold(string name)
    {
        string composed = Nfc.Of(name);
        var folded = new StringBuilder(composed.Length);
        for (int i = 0; i < composed.Length; i++)
        {
            if (IsGap(composed, i))
            {
                _ = folded.Length > 0 && folded[^1] != ' ' ? folded.Append(' ') : folded;
            }
            else if (IsSeen(composed[i]))
            {
                folded.Append(char.ToLowerInvariant(composed[i]));
            }
        }

        string text = folded.ToString().TrimEnd();

        // A name of such characters only.
        return text.Length == 0 ? name : text;
    }

    /// <summary>A dash before a number, or after a grade, does not separate words.</summary>
    private static bool IsGap(string name, int i) => char.IsWhiteSpace(name[i]) || name[i] == '_'
        || (name[i] == '-' && i > 0 && i < name.Length - 1 && char.IsLetterOrDigit(name[i - 1]) && char.IsLetterOrDigit(name[i + 1]));

    /// <summary>False for joiners, marks of direction, soft hyphens, fillers and selectors of variants.</summary>
    private static bool IsSeen(char letter) =>
        char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control) && letter is not (>= '\uFE00' and <= '\uFE0F') and not ('\u034F' or '\u115F' or '\u1160' or '\u3164' or '\u2800');
}
