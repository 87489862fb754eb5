namespace Experiments.Dashboard.Formatting;

/// <summary>What a size in memory or on a disk is counted in. Each unit is 1024 of the one before it, everywhere in the dashboard.</summary>
/// <param name="Bytes">The size of one.</param>
public sealed record ByteUnit(string Name, double Bytes)
{
    private const double Step = 1024;

    /// <summary>What still rounds to three digits of a unit belongs to it.</summary>
    private const double MostOfOne = 1023.5;

    private static readonly ByteUnit[] All = [.. ((string[])["B", "KB", "MB", "GB", "TB"]).Select((name, power) => new ByteUnit(name, Math.Pow(Step, power)))];

    /// <summary>The smallest that needs no more than four digits.</summary>
    public static ByteUnit For(double bytes) => Array.Find(All, unit => Math.Abs(bytes) < MostOfOne * unit.Bytes) ?? All[^1];
}
