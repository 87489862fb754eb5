using System.Globalization;
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Formatting;

/// <summary>Formats numbers with a sensible number of digits.</summary>
public static class Numbers
{
    private static readonly string[] CountUnits = ["", "k", "M", "G", "T"];

    /// <summary>
    /// A metric's value: four decimals for shares such as accuracies and for values of similar size, so that decimal points in a column
    /// align; sizes, rates and times with their unit, utilization as a percentage; four significant digits for everything else; "–" for none.
    /// </summary>
    public static string Metric(string name, double? value) => value switch
    {
        null => "–",
        { } number when MetricNames.IsBytes(name) => Bytes((long)number),
        { } number when name == MetricNames.DeviceUtilization => Percent(number),
        { } number when name == MetricNames.Sparsity => PercentWithTenths(number),
        { } number when name == MetricNames.ImagesPerSecond => $"{Significant(number)}/s",
        { } number when name == MetricNames.EpochSeconds => Seconds(number),
        { } number when HasFourDecimals(name, number) => number.ToString("0.0000", CultureInfo.InvariantCulture),
        { } number => Significant(number),
    };

    /// <summary>The absolute difference of two values of a metric, with their decimals unless those would round it to zero.</summary>
    /// <param name="other">One of the two values.</param>
    public static string Distance(string name, double distance, double other)
    {
        double size = Math.Abs(distance);
        return !HasUnit(name) && HasFourDecimals(name, other) && (size is 0 or (>= 0.00005 and < 10))
            ? size.ToString("0.0000", CultureInfo.InvariantCulture)
            : Metric(name, size);
    }

    /// <summary>Four significant digits; powers of ten if plain digits do not fit.</summary>
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

    /// <summary>A size in bytes with three digits at most: <c>1.12 GB</c>, <c>2 KB</c>, <c>42.6 MB</c> (a step is 1024).</summary>
    public static string Bytes(long bytes)
    {
        var unit = ByteUnit.For(bytes);
        double size = bytes / unit.Bytes;
        string format = size >= 99.95 ? "0" : size >= 9.995 ? "0.#" : "0.##";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {unit.Name}";
    }

    /// <summary>A whole number with separators: <c>11,181,642</c>.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A large number with two decimals, aligned in a column: <c>1.81 G</c>, <c>145.58 k</c>.</summary>
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

    /// <summary>A large number with three significant digits, for running text: <c>11.2 M</c>, <c>146 k</c>.</summary>
    public static string Rough(long value)
    {
        double size = value;
        int unit = 0;
        while (Math.Abs(size) >= 999.5 && unit < CountUnits.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        string format = unit == 0 || Math.Abs(size) >= 99.95 ? "0" : Math.Abs(size) >= 9.995 ? "0.0" : "0.00";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {CountUnits[unit]}".TrimEnd();
    }

    /// <summary>A share from 0 to 1 as a percentage with one decimal.</summary>
    public static string PercentWithTenths(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share from 0 to 1 as a percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A time in seconds: <c>0.1523 s</c>, <c>3 min 12 s</c>.</summary>
    private static string Seconds(double seconds) => seconds < 60 ? $"{Significant(seconds)} s" : Times.Length(TimeSpan.FromSeconds(seconds));

    private static bool HasUnit(string name) =>
        MetricNames.IsBytes(name) || name is MetricNames.DeviceUtilization or MetricNames.Sparsity or MetricNames.ImagesPerSecond or MetricNames.EpochSeconds;

    private static bool HasFourDecimals(string name, double value) =>
        name.EndsWith("accuracy", StringComparison.OrdinalIgnoreCase) || Math.Abs(value) is >= 0.01 and < 10;

    private static int DecimalsFor(double size) => Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7);
}
