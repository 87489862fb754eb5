namespace Experiments.Dashboard.Components.Pages.Launch.Drafts;

/// <summary>A sweep that was being written, as the browser keeps it.</summary>
/// <param name="Name">The name that the sweep has so far; may be empty.</param>
/// <param name="Text">Its YAML; null in a list.</param>
public sealed record KeptDraft(string Id, string Name, DateTimeOffset SavedAt, string? Text = null)
{
    /// <summary>For people.</summary>
    public string Title => string.IsNullOrWhiteSpace(Name) ? "Unnamed sweep" : Name;
}
