using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Launch.Drafts;

/// <summary>The drafts in the user's browser (drafts.js): one per tab, until it is launched or discarded.</summary>
public sealed class DraftStore(IJSRuntime scripts)
{
    /// <summary>All of them without their text, the newest first.</summary>
    public async Task<IReadOnlyList<KeptDraft>> ListAsync(CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft[]?>("dashboardDrafts.list", cancellationToken) ?? [];

    /// <summary>The draft of this tab; null for none.</summary>
    /// <param name="start">What the draft started from; a draft with another start is ignored.</param>
    public async Task<KeptDraft?> TakeAsync(string start, CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft?>("dashboardDrafts.take", cancellationToken, start);

    /// <summary>Continues a draft in this tab.</summary>
    /// <returns>Null when it is gone.</returns>
    public async Task<KeptDraft?> ResumeAsync(string id, string start, CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft?>("dashboardDrafts.resume", cancellationToken, id, start);

    /// <param name="text">Null when there is no draft anymore.</param>
    public async Task KeepAsync(string? text, string name, string start, CancellationToken cancellationToken) =>
        await scripts.InvokeVoidAsync("dashboardDrafts.keep", cancellationToken, text, name, start);

    public async Task DiscardAsync(string id, CancellationToken cancellationToken) =>
        await scripts.InvokeVoidAsync("dashboardDrafts.discard", cancellationToken, id);
}
