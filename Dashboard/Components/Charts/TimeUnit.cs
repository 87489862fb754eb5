namespace Experiments.Dashboard.Components.Charts;

/// <summary>What a time axis counts.</summary>
/// <param name="Seconds">The length of one.</param>
public sealed record TimeUnit(string Name, double Seconds)
{
    private static readonly TimeUnit[] All = [new("hours", 3600), new("minutes", 60), new("seconds", 1)];

    /// <summary>The largest of which an axis of that length shows at least two.</summary>
    public static TimeUnit For(double seconds) => Array.Find(All, unit => seconds >= 2 * unit.Seconds) ?? All[^1];
}
