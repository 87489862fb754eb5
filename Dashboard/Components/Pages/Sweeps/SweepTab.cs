namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>A tab of a sweep.</summary>
/// <param name="Path">What follows the sweep's own address: empty, or with a slash in front.</param>
public sealed record SweepTab(string Name, string Path);
