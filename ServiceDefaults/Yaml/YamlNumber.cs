using System.Globalization;

namespace Experiments.ServiceDefaults.Yaml;

/// <summary>Writes numbers in their usual notation: 0.001 and 1e-4, not 1E-03 and 0.0001.</summary>
internal static class YamlNumber
{
    private const double SmallestPlain = 1e-3;
    private const double LargestPlain = 1e15;

    /// <param name="json">A number in JSON. Whole numbers, and others of a usual size, stay as they are: 1.50 too.</param>
    public static string Pretty(string json)
    {
        double number = double.Parse(json, CultureInfo.InvariantCulture);
        if (!json.AsSpan().ContainsAny('.', 'e', 'E') || !double.IsFinite(number))
        {
            return json;
        }

        bool hasExponent = json.AsSpan().ContainsAny('e', 'E');
        if (number == 0 || Math.Abs(number) is >= SmallestPlain and < LargestPlain)
        {
            return hasExponent ? number.ToString(number == 0 ? "0.0" : "R", CultureInfo.InvariantCulture) : json;
        }

        // The shortest digits that give the number, without the zeros of the exponent: 1.5E-007 becomes 1.5e-7.
        string[] parts = Scientific(number).Split('E');
        return $"{parts[0]}e{int.Parse(parts[1], CultureInfo.InvariantCulture)}";
    }

    /// <summary>.NET's shortest form writes 0.00012; digits are added to the scientific one until it is the same number.</summary>
    private static string Scientific(double number) => Enumerable.Range(0, 17)
        .Select(digits => number.ToString($"E{digits}", CultureInfo.InvariantCulture))
        .First(text => double.Parse(text, CultureInfo.InvariantCulture) == number);
}
