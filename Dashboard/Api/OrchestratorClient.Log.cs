using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Logs of runs.</content>
public sealed partial class OrchestratorClient
{
    /// <summary>The newest lines, or those just before or after a place that an earlier answer named.</summary>
    public Task<RunLogPage> GetLogAsync(string runId, RunLogQuery query, CancellationToken cancellationToken) =>
        GetAsync<RunLogPage>(
            QueryText.With(
                $"api/runs/{Escape(runId)}/log",
                ("attempt", query.Attempt), ("level", query.Level), ("search", query.Search), ("before", query.Before), ("after", query.After), ("limit", Text(query.Limit))),
            cancellationToken);
}
