namespace Experiments.Dashboard.Components.Filters;

/// <summary>The user typed into a filter or moved the caret, see filter.js.</summary>
public sealed class FilterTypedEventArgs : EventArgs
{
    public string Text { get; set; } = "";

    /// <summary>The number of characters before it.</summary>
    public int Caret { get; set; }
}
