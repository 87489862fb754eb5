using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>A sweep as a whole: columns of all runs, importance of hyperparameters, attempts by worker.</content>
public sealed partial class OrchestratorClient
{
    /// <param name="columns">Names of hyperparameters and metrics.</param>
    /// <param name="status">Only runs with this status.</param>
    /// <param name="filter">A condition, as in <see cref="RunsQuery"/>.</param>
    public Task<RunColumns> GetColumnsAsync(
        string sweepId, IReadOnlyList<string> columns, string? status, string? filter, CancellationToken cancellationToken) =>
        GetAsync<RunColumns>(
            QueryText.With($"api/sweeps/{Escape(sweepId)}/columns", ("columns", string.Join(',', columns)), ("status", status), ("filter", filter)),
            cancellationToken);

    /// <summary>The importance of the grid's hyperparameters for a metric.</summary>
    public Task<ImportanceView> GetImportanceAsync(
        string sweepId, string metric, string? status, string? filter, CancellationToken cancellationToken) =>
        GetAsync<ImportanceView>(
            QueryText.With($"api/sweeps/{Escape(sweepId)}/importance", ("metric", metric), ("status", status), ("filter", filter)), cancellationToken);

    /// <summary>How the runs of a sweep are proposed and how long each is trained.</summary>
    /// <param name="decisions">The number of decisions, the latest ones.</param>
    public Task<SearchView> GetSearchAsync(string sweepId, int decisions, CancellationToken cancellationToken) =>
        GetAsync<SearchView>(QueryText.With($"api/sweeps/{Escape(sweepId)}/search", ("decisions", Text(decisions))), cancellationToken);

    /// <summary>The values of a sweep's runs at the rungs of its stopping rule.</summary>
    public Task<SearchRungs> GetRungsAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<SearchRungs>($"api/sweeps/{Escape(sweepId)}/search/rungs", cancellationToken);

    /// <summary>The best value of a sweep so far, over time and over epochs.</summary>
    public Task<ProgressView> GetProgressAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<ProgressView>($"api/sweeps/{Escape(sweepId)}/progress", cancellationToken);

    /// <summary>All attempts of all runs of a sweep.</summary>
    public Task<SweepAttempts> GetSweepAttemptsAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<SweepAttempts>($"api/sweeps/{Escape(sweepId)}/attempts", cancellationToken);
}
