using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Contracts.Numbers;

/// <summary>Informal notations of numbers that sweep files do not allow, for hints: <c>1_000</c>, <c>0,5</c>, <c>10%</c>, <c>1/10</c>, <c>10^-3</c>.</summary>
internal static partial class NumberText
{
    /// <summary>The numbers that a string may mean, the most likely one first; a decimal comma and one between thousands look alike.</summary>
    public static IEnumerable<double> Readings(string text)
    {
        string plain = text.Trim().Trim('"', '\'').Trim().Replace('\u2212', '-');
        if (TryParse(plain, out double number))
        {
            yield return number;
        }

        if (Thousands().IsMatch(plain) && TryParse(Separators().Replace(plain, ""), out number))
        {
            yield return number;
        }

        if (DecimalComma().IsMatch(plain) && TryParse(plain.Replace(',', '.'), out number))
        {
            yield return number;
        }

        foreach (double computed in Computed(plain))
        {
            yield return computed;
        }
    }

    /// <summary>True for a string that would be a number without its quotes.</summary>
    public static bool IsQuotedNumber(string text) => TryParse(text.Trim(), out _);

    public static string Format(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<double> Computed(string text)
    {
        if (text.EndsWith('%') && TryParse(text[..^1].TrimEnd(), out double percent))
        {
            yield return percent / 100;
        }

        if (Fraction().Match(text) is { Success: true } fraction
            && TryParse(fraction.Groups["a"].Value, out double a) && TryParse(fraction.Groups["b"].Value, out double b) && b != 0)
        {
            yield return a / b;
        }

        if (Power().Match(text) is { Success: true } power && TryParse(power.Groups["base"].Value, out double @base) && TryParse(power.Groups["exponent"].Value, out double exponent))
        {
            double factor = TryParse(power.Groups["factor"].Value, out double given) ? given : 1;

            // Parses a literal, since 10 to the power of -3 is not exactly 0.001.
            yield return @base == 10 && TryParse(string.Create(CultureInfo.InvariantCulture, $"{factor:R}e{exponent:R}"), out double literal) ? literal : factor * Math.Pow(@base, exponent);
        }

        if (text.EndsWith('k') && TryParse(text[..^1], out double thousands))
        {
            yield return thousands * 1000;
        }
    }

    private static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    [GeneratedRegex(@"^[-+]?(?!0+[,_' ])[0-9]{1,3}([,_' \u00a0\u202f][0-9]{3})+(\.[0-9]+)?\z|^[-+]?[0-9]+(_[0-9]+)+(\.[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"[,_' \u00a0\u202f]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[-+]?[0-9]+,[0-9]+([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^(?<a>[-+]?[0-9.]+)\s*/\s*(?<b>[0-9.]+)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^((?<factor>[-+]?[0-9.]+)\s*[*x×]\s*)?(?<base>[0-9.]+)\s*(\^|\*\*)\s*\(?(?<exponent>[-+]?[0-9]+)\)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Power();
}
