namespace Experiments.Dashboard.Formatting;

/// <summary>A unit of sizes in memory or on disk. Each unit is 1024 of the previous one, everywhere in the dashboard.</summary>
/// <param name="Bytes">The number of bytes in one unit.</param>
public sealed record ByteUnit(string Name, double Bytes)
{
    private const double Step = 1024;

    /// <summary>Sizes that round to three digits of a unit use it.</summary>
    private const double MostOfOne = 1023.5;

    private static readonly ByteUnit[] All = [.. ((string[])["B", "KB", "MB", "GB", "TB"]).Select((name, power) => new ByteUnit(name, Math.Pow(Step, power)))];

    /// <summary>The smallest unit with at most four digits.</summary>
    public static ByteUnit For(double bytes) => Array.Find(All, unit => Math.Abs(bytes) < MostOfOne * unit.Bytes) ?? All[^1];
}
