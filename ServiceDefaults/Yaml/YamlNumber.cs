using System.Globalization;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Numbers as people write them: 0.001 and 1e-4, not 1E-03 and 0.0001.</summary>
internal static class YamlNumber
{
    private const int SmallestPlainExponent = -3;
    private const int LargestPlainExponent = 15;

    /// <param name="json">A number in JSON.</param>
    public static string Pretty(string json)
    {
        int mark = json.AsSpan().IndexOfAny('e', 'E');
        string mantissa = mark < 0 ? json : json[..mark];
        if (mark < 0 && !mantissa.Contains('.', StringComparison.Ordinal))
        {
            return json;
        }

        int exponent = 0;
        if (mark >= 0 && !int.TryParse(json.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return json;
        }

        return Pretty(json, mantissa, exponent, hasExponent: mark >= 0);
    }

    private static string Pretty(string json, string mantissa, int exponent, bool hasExponent)
    {
        string sign = mantissa[0] == '-' ? "-" : "";
        string unsigned = mantissa[sign.Length..];
        int point = unsigned.IndexOf('.', StringComparison.Ordinal);
        int wholeDigits = point < 0 ? unsigned.Length : point;
        string digits = unsigned.Replace(".", "", StringComparison.Ordinal);
        int leadingZeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        if (digits.Length == 0)
        {
            return hasExponent ? sign + "0.0" : json;
        }

        long first = (long)exponent + wholeDigits - leadingZeros - 1;
        if (first is >= SmallestPlainExponent and < LargestPlainExponent)
        {
            return hasExponent ? sign + Plain(digits, (int)first) : json;
        }

        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{first}");
    }

    /// <param name="first">The power of ten of the first digit.</param>
    private static string Plain(string digits, int first)
    {
        if (first < 0)
        {
            return "0." + new string('0', -first - 1) + digits;
        }

        return digits.Length <= first + 1
            ? digits.PadRight(first + 1, '0')
            : digits.Insert(first + 1, ".");
    }
}
