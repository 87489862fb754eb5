using System.Globalization;
using System.Text;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Strings as YAML writes them: in quotes only when they would be taken for something else.</summary>
internal static class YamlText
{
    /// <summary>
    /// Beside letters and digits, what may stand in a text without quotes. Far from all that YAML allows: readers differ in the rest.
    /// </summary>
    private const string HarmlessCharacters = " _-./:+()'";
    private const string HarmlessFirstCharacters = "_./+(";

    public static string Quote(string text)
    {
        if (text.Any(NeedsEscape))
        {
            return DoubleQuoted(text);
        }

        return IsPlain(text) ? text : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    private static bool IsPlain(string text) =>
        YamlScalar.TypeOf(text) == YamlScalarType.Text
        && text.All(character => char.IsLetterOrDigit(character) || HarmlessCharacters.Contains(character, StringComparison.Ordinal))
        && (char.IsLetterOrDigit(text[0]) || HarmlessFirstCharacters.Contains(text[0], StringComparison.Ordinal))
        && text[^1] is not (' ' or ':')
        && !text.StartsWith("...", StringComparison.Ordinal)
        && !text.Contains(": ", StringComparison.Ordinal)
        && !IsNotANumber(text);

    /// <summary>These read back as the same string, but would not look like one.</summary>
    private static bool IsNotANumber(string text) =>
        text.TrimStart('-', '+').ToUpperInvariant() is ".NAN" or ".INF";

    private static bool NeedsEscape(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff';

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 16);
        foreach (char character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when NeedsEscape(character) => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
