using System.Globalization;
using System.Text;

namespace Experiments.Dashboard.Formatting;

/// <summary>
/// The display order of classes: numeric if their names are numbers or differ only by numbers, else the data set's order. Labels and
/// stored results do not change.
/// </summary>
public static class ClassDisplayOrder
{
    /// <summary>The labels in display order.</summary>
    public static int[] Of(IReadOnlyList<string> classes) => ByNumber(classes) ?? [.. Enumerable.Range(0, classes.Count)];

    /// <summary>The position of each label in <paramref name="order"/>.</summary>
    public static int[] RanksOf(int[] order)
    {
        int[] ranks = new int[order.Length];
        foreach ((int rank, int label) in order.Index())
        {
            ranks[label] = rank;
        }

        return ranks;
    }

    /// <summary>The labels ordered by the numbers in the class names; null if the names are not numbered.</summary>
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

    /// <summary>The name with each number replaced by #.</summary>
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

    /// <summary>Compares two names with the same pattern.</summary>
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
