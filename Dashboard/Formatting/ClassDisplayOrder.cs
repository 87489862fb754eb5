using System.Globalization;
using System.Text;

namespace Experiments.Dashboard.Formatting;

/// <summary>
/// The order in which classes are shown: 2 before 10 where their names are numbers, or differ by a number only; else as the data set has them. Labels stay
/// as they are, and so does everything that is stored.
/// </summary>
public static class ClassDisplayOrder
{
    /// <summary>The labels of the classes in the order in which they are shown.</summary>
    public static int[] Of(IReadOnlyList<string> classes) => ByNumber(classes) ?? [.. Enumerable.Range(0, classes.Count)];

    /// <summary>The place of each label in <paramref name="order"/>.</summary>
    public static int[] RanksOf(int[] order)
    {
        int[] ranks = new int[order.Length];
        foreach ((int rank, int label) in order.Index())
        {
            ranks[label] = rank;
        }

        return ranks;
    }

    /// <summary>The labels by the numbers in the classes' names; null where the names have another order.</summary>
    public static int[]? ByNumber(IReadOnlyList<string> classes)
    {
        IEnumerable<int> labels = Enumerable.Range(0, classes.Count);
        double[] values = [.. classes.Select(ValueOf).OfType<double>()];
        if (values.Length == classes.Count)
        {
            return [.. labels.OrderBy(label => values[label])];
        }

        return classes.Select(Pattern).Distinct().Count() == 1 && classes.Count > 1
            ? [.. labels.OrderBy(label => classes[label], Comparer<string>.Create(CompareDigits))]
            : null;
    }

    private static double? ValueOf(string name) =>
        double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>The name with a single # for each number in it.</summary>
    private static string Pattern(string name)
    {
        var pattern = new StringBuilder();
        foreach (char letter in name)
        {
            if (!char.IsAsciiDigit(letter))
            {
                pattern.Append(letter);
            }
            else if (pattern.Length == 0 || pattern[^1] != '#')
            {
                pattern.Append('#');
            }
        }

        return pattern.ToString();
    }

    /// <summary>Of two names with the same pattern.</summary>
    private static int CompareDigits(string one, string other)
    {
        foreach ((string left, string right) in Numbers(one).Zip(Numbers(other)))
        {
            int order = left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right);
            if (order != 0)
            {
                return order;
            }
        }

        return string.CompareOrdinal(one, other);
    }

    private static IEnumerable<string> Numbers(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(digits => digits.TrimStart('0'));
}
