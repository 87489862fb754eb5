namespace Experiments.Dashboard.Components.Themes;

/// <summary>Which theme somebody wants.</summary>
public enum ThemeChoice
{
    /// <summary>What the operating system says.</summary>
    System,
    Light,
    Dark,
}
