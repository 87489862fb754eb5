namespace Experiments.Dashboard.Components.Themes;

/// <summary>The user's choice of theme.</summary>
public enum ThemeChoice
{
    /// <summary>The operating system's theme.</summary>
    System,
    Light,
    Dark,
}
