using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;

namespace Experiments.Dashboard.Api;

/// <content>Data sets, and the history of workers.</content>
public sealed partial class OrchestratorClient
{
    public Task<IReadOnlyList<DatasetInfo>> GetDatasetsAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<DatasetInfo>>("api/datasets", cancellationToken);

    /// <param name="path">The folder that holds the files; null for none.</param>
    public Task<DatasetView> GetDatasetAsync(string name, string? path, CancellationToken cancellationToken) =>
        GetAsync<DatasetView>(QueryText.With($"api/datasets/{Escape(name)}", ("path", path)), cancellationToken);

    /// <param name="part">Which 25 classes, from 0.</param>
    public Task<IReadOnlyList<ClassSamplesView>> GetSamplesAsync(string name, string? path, int part, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<ClassSamplesView>>(
            QueryText.With($"api/datasets/{Escape(name)}/samples", ("path", path), ("part", Text(part))), cancellationToken);

    /// <summary>The progress of the check of all images; null if there was none recently.</summary>
    public async Task<DatasetCheckView?> FindDatasetCheckAsync(string name, string? path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync<DatasetCheckView>(CheckOf(name, path), cancellationToken);
        }
        catch (OrchestratorException problem) when (problem.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Starts a check, unless one is running.</summary>
    public Task<DatasetCheckView> StartDatasetCheckAsync(string name, string? path, CancellationToken cancellationToken) =>
        SendAsync<DatasetCheckView>(HttpMethod.Post, CheckOf(name, path), null, cancellationToken);

    public Task<DatasetCheckView> CancelDatasetCheckAsync(string name, string? path, CancellationToken cancellationToken) =>
        SendAsync<DatasetCheckView>(HttpMethod.Delete, CheckOf(name, path), null, cancellationToken);

    public Task<WorkerHistory> GetWorkerHistoryAsync(string workerId, CancellationToken cancellationToken) =>
        GetAsync<WorkerHistory>($"api/workers/{Escape(workerId)}/history", cancellationToken);

    private static string CheckOf(string name, string? path) => QueryText.With($"api/datasets/{Escape(name)}/check", ("path", path));
}
