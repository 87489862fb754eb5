using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.ServiceDefaults.Yaml;

internal enum YamlScalarType
{
    Text,
    Null,
    Boolean,
    Number,
}

/// <summary>The core schema of YAML 1.2 (section 10.3.2): which type a scalar without quotes has.</summary>
internal static partial class YamlScalar
{
    public static YamlScalarType TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => YamlScalarType.Boolean,
        _ => Decimal().IsMatch(text) || OtherBase().IsMatch(text) ? YamlScalarType.Number : YamlScalarType.Text,
    };

    /// <summary>The same number as JSON writes it: <c>+.5</c> is 0.5, <c>007</c> is 7, <c>0x1F</c> is 31.</summary>
    public static string ToJsonNumber(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return Convert.ToUInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture);
        }

        Match parts = Decimal().Match(text);
        string sign = text[0] == '-' ? "-" : "";
        string whole = parts.Groups["whole"].Value.TrimStart('0');
        string fraction = parts.Groups["fraction"].Value;
        return sign + (whole.Length > 0 ? whole : "0") + (fraction.Length > 0 ? "." + fraction : "") + parts.Groups["exponent"].Value;
    }

    [GeneratedRegex(@"^[-+]?(?=\.?[0-9])(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?(?<exponent>[eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    /// <summary>Up to 64 bits; longer ones are text.</summary>
    [GeneratedRegex(@"^(0x[0-9a-fA-F]{1,16}|0o[0-7]{1,21})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OtherBase();
}
