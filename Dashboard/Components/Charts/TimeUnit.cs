namespace Experiments.Dashboard.Components.Charts;

/// <summary>The unit of a time axis.</summary>
/// <param name="Seconds">The length of one.</param>
public sealed record TimeUnit(string Name, double Seconds)
{
    private static readonly TimeUnit[] All = [new("hours", 3600), new("minutes", 60), new("seconds", 1)];

    /// <summary>The largest unit that fits at least twice into an axis of this length.</summary>
    public static TimeUnit For(double seconds) => Array.Find(All, unit => seconds >= 2 * unit.Seconds) ?? All[^1];
}
