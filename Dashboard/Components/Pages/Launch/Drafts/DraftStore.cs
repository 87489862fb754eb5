using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Launch.Drafts;

/// <summary>The drafts that the user's browser keeps (drafts.js): one for each tab that writes, until it is launched or discarded.</summary>
public sealed class DraftStore(IJSRuntime scripts)
{
    /// <summary>All of them without their text, the newest first.</summary>
    public async Task<IReadOnlyList<KeptDraft>> ListAsync(CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft[]?>("dashboardDrafts.list", cancellationToken) ?? [];

    /// <summary>What this tab was writing; null for nothing.</summary>
    /// <param name="start">What it began with: a draft that began with something else is not taken.</param>
    public async Task<KeptDraft?> TakeAsync(string start, CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft?>("dashboardDrafts.take", cancellationToken, start);

    /// <summary>Continues a draft in this tab.</summary>
    /// <returns>Null when it is gone.</returns>
    public async Task<KeptDraft?> ResumeAsync(string id, string start, CancellationToken cancellationToken) =>
        await scripts.InvokeAsync<KeptDraft?>("dashboardDrafts.resume", cancellationToken, id, start);

    /// <param name="text">Null when nothing is being written any longer.</param>
    public async Task KeepAsync(string? text, string name, string start, CancellationToken cancellationToken) =>
        await scripts.InvokeVoidAsync("dashboardDrafts.keep", cancellationToken, text, name, start);

    public async Task DiscardAsync(string id, CancellationToken cancellationToken) =>
        await scripts.InvokeVoidAsync("dashboardDrafts.discard", cancellationToken, id);
}
