namespace Experiments.Dashboard.Components.Pages.Launch.Drafts;

/// <summary>A draft as stored by the browser.</summary>
/// <param name="Name">The name that the sweep has so far; may be empty.</param>
/// <param name="Text">Its YAML; null in a list.</param>
public sealed record KeptDraft(string Id, string Name, DateTimeOffset SavedAt, string? Text = null)
{
    /// <summary>A label for users.</summary>
    public string Title => string.IsNullOrWhiteSpace(Name) ? "Unnamed sweep" : Name;
}
