namespace Experiments.Dashboard.Components.Filters;

/// <summary>Something was written into a filter, or the caret moved, see filter.js.</summary>
public sealed class FilterTypedEventArgs : EventArgs
{
    public string Text { get; set; } = "";

    /// <summary>How many characters stand before it.</summary>
    public int Caret { get; set; }
}
