using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Contracts.Numbers;

/// <summary>Informal notations of several numbers that sweep files do not allow, for hints: <c>1..3</c>, <c>range(3)</c>, <c>1 to 3</c>, <c>1, 2, 3</c>.</summary>
internal static partial class NumberSequence
{
    /// <summary>No hints are given for longer sequences.</summary>
    private const int MostNumbers = 10_000;
    private const int MostShown = 10;

    /// <returns>Null where the text is something else, or a single number.</returns>
    public static IReadOnlyList<double>? Read(string text)
    {
        string plain = text.Trim().Trim('"', '\'', '[', ']').Trim();
        IReadOnlyList<double>? numbers = Steps(PythonRange().Match(plain), endCounts: false) ?? Steps(Span().Match(plain), endCounts: true) ?? Listed(plain);
        return numbers is { Count: > 1 } ? numbers : null;
    }

    /// <summary>Formats the numbers as a list in a file: <c>[1, 2, 3]</c>.</summary>
    public static string Format(IReadOnlyList<double> numbers) => numbers.Count <= MostShown
        ? $"[{string.Join(", ", numbers.Select(NumberText.Format))}]"
        : $"[{string.Join(", ", numbers.Take(3).Select(NumberText.Format))}, …, {NumberText.Format(numbers[^1])}] with all of them";

    private static double[]? Steps(Match match, bool endCounts)
    {
        if (!match.Success || !TryParse(match, "last", out long last))
        {
            return null;
        }

        long first = TryParse(match, "first", out long begin) ? begin : 0;
        long step = TryParse(match, "step", out long given) ? given : 1;
        long end = endCounts ? last : last - 1;
        return step <= 0 || end < first || (end - first) / step >= MostNumbers ? null : [.. Enumerable.Range(0, (int)((end - first) / step) + 1).Select(i => (double)(first + (i * step)))];
    }

    private static double[]? Listed(string text)
    {
        string[] parts = [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return parts.Length > MostNumbers || numbers.Any(number => !double.IsFinite(number)) ? null : numbers;
    }

    private static bool TryParse(Match match, string group, out long number) => long.TryParse(match.Groups[group].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^(np\.|numpy\.|torch\.)?a?range\(\s*((?<first>-?[0-9]{1,15})\s*,\s*)?(?<last>-?[0-9]{1,15})(\s*,\s*(?<step>[0-9]{1,15}))?\s*\)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PythonRange();

    [GeneratedRegex(@"^(?<first>[0-9]{1,15})\s*(\.{2,3}|…|-|–|to|bis)\s*(?<last>[0-9]{1,15})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
