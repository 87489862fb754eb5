using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>A sweep as a whole: columns of all runs, what matters, who trained what when.</content>
public sealed partial class OrchestratorClient
{
    /// <param name="columns">Names of hyperparameters and metrics.</param>
    /// <param name="status">Only runs of this status.</param>
    /// <param name="filter">A condition, as in <see cref="RunsQuery"/>.</param>
    public Task<RunColumns> GetColumnsAsync(
        string sweepId, IReadOnlyList<string> columns, string? status, string? filter, CancellationToken cancellationToken) =>
        GetAsync<RunColumns>(
            QueryText.With($"api/sweeps/{Escape(sweepId)}/columns", ("columns", string.Join(',', columns)), ("status", status), ("filter", filter)),
            cancellationToken);

    /// <summary>How much the hyperparameters that the sweep's grid varies matter for a metric.</summary>
    public Task<ImportanceView> GetImportanceAsync(
        string sweepId, string metric, string? status, string? filter, CancellationToken cancellationToken) =>
        GetAsync<ImportanceView>(
            QueryText.With($"api/sweeps/{Escape(sweepId)}/importance", ("metric", metric), ("status", status), ("filter", filter)), cancellationToken);

    /// <summary>All attempts of all runs of a sweep.</summary>
    public Task<SweepAttempts> GetSweepAttemptsAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<SweepAttempts>($"api/sweeps/{Escape(sweepId)}/attempts", cancellationToken);
}
