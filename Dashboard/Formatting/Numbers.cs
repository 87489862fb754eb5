using System.Globalization;

namespace Experiments.Dashboard.Formatting;

/// <summary>Numbers for people, with as many digits as say something.</summary>
public static class Numbers
{
    private static readonly string[] CountUnits = ["", "k", "M", "G", "T"];
    private static readonly string[] ByteUnits = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>
    /// A metric's value: four decimals for shares such as accuracies and for what is about as large, so that the points of a column are one
    /// below the other; four significant digits for everything else; "–" for none.
    /// </summary>
    public static string Metric(string name, double? value) => value switch
    {
        null => "–",
        { } number when name.EndsWith("accuracy", StringComparison.OrdinalIgnoreCase) || Math.Abs(number) is >= 0.01 and < 10 =>
            number.ToString("0.0000", CultureInfo.InvariantCulture),
        { } number => Significant(number),
    };

    /// <summary>Four significant digits; powers of ten where plain digits would not fit.</summary>
    public static string Significant(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            _ when !double.IsFinite(value) => value.ToString(CultureInfo.InvariantCulture),
            0 => "0",
            < 1e-4 or >= 1e7 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
            _ => value.ToString("F" + DecimalsFor(size), CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A size in bytes: <c>1.4 MB</c> (a step is 1024).</summary>
    public static string Bytes(long bytes)
    {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < ByteUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        string format = unit == 0 || size >= 100 ? "0" : "0.0";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {ByteUnits[unit]}";
    }

    /// <summary>A whole number with separators: <c>11,181,642</c>.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A large number with two decimals, one below the other in a column: <c>1.81 G</c>, <c>145.58 k</c>.</summary>
    public static string Compact(long value)
    {
        double size = value;
        int unit = 0;
        while (Math.Abs(size) >= 1000 && unit < CountUnits.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        string format = unit == 0 ? "0" : "0.00";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {CountUnits[unit]}".TrimEnd();
    }

    /// <summary>A share from 0 to 1 as a percentage with one decimal.</summary>
    public static string PercentWithTenths(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share from 0 to 1 as a percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static int DecimalsFor(double size) => Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7);
}
