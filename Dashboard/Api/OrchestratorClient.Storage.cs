using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Disk usage, and how to free space.</content>
public sealed partial class OrchestratorClient
{
    public Task<StorageView> GetStorageAsync(CancellationToken cancellationToken) => GetAsync<StorageView>("api/storage", cancellationToken);

    /// <summary>Returns the free pages of the databases to the disk. The Orchestrator finishes it even if this call times out.</summary>
    public Task<StorageView> CompactStorageAsync(CancellationToken cancellationToken) =>
        SendAsync<StorageView>(HttpMethod.Post, "api/storage/compact", null, cancellationToken);

    public Task<DeletionPreview> PreviewSweepDeletionAsync(string id, CancellationToken cancellationToken) =>
        GetAsync<DeletionPreview>($"api/sweeps/{Escape(id)}/deletion", cancellationToken);

    public Task<DeletionPreview> PreviewRunDeletionAsync(string id, CancellationToken cancellationToken) =>
        GetAsync<DeletionPreview>($"api/runs/{Escape(id)}/deletion", cancellationToken);

    public Task DeleteSweepAsync(string id, CancellationToken cancellationToken) => DeleteAsync($"api/sweeps/{Escape(id)}", cancellationToken);

    public Task DeleteRunAsync(string id, CancellationToken cancellationToken) => DeleteAsync($"api/runs/{Escape(id)}", cancellationToken);

    /// <summary>The run; null if it does not exist or was deleted.</summary>
    public async Task<RunView?> FindRunAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetRunAsync(id, cancellationToken);
        }
        catch (OrchestratorException problem) when (problem.IsNotFound)
        {
            return null;
        }
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        using HttpResponseMessage response = await OpenAsync(request, cancellationToken);
    }
}
