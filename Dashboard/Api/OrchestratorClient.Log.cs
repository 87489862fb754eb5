using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Logs of runs.</content>
public sealed partial class OrchestratorClient
{
    /// <summary>The newest lines, or those before or after a position from an earlier answer.</summary>
    public Task<RunLogPage> GetLogAsync(string runId, RunLogQuery query, CancellationToken cancellationToken) =>
        GetAsync<RunLogPage>(
            QueryText.With(
                $"api/runs/{Escape(runId)}/log",
                ("attempt", query.Attempt), ("level", query.Level), ("search", query.Search), ("before", query.Before), ("after", query.After), ("limit", Text(query.Limit))),
            cancellationToken);
}
