using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Api;

/// <content>Requests of a table of runs: groups, short curves, bulk actions, notes and tags.</content>
public sealed partial class OrchestratorClient
{
    /// <summary>Omits null values, which the Orchestrator would refuse.</summary>
    private static readonly JsonSerializerOptions ContentOptions =
        new(ContractJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The Orchestrator's limit; this number of ids fits a request line of 8 KB.</summary>
    private const int CurvesPerRequest = 200;

    /// <param name="query">The sort order of groups: mean, best, deviation, runs or one of <paramref name="by"/>.</param>
    public Task<RunGroups> GetGroupsAsync(
        string sweepId, IReadOnlyList<string> by, string metric, RunsQuery query, CancellationToken cancellationToken) =>
        GetAsync<RunGroups>(
            QueryText.With(
                $"api/sweeps/{Escape(sweepId)}/groups",
                ("by", string.Join(',', by)), ("metric", metric), ("status", query.Status), ("filter", query.Filter), ("sort", query.Sort),
                ("skip", Text(query.Skip)), ("take", Text(query.Take))),
            cancellationToken);

    /// <summary>The same groups with the mean and deviation of a metric at each step.</summary>
    /// <param name="metric">What the groups are ordered by.</param>
    /// <param name="curve">The metric of the curves.</param>
    public Task<RunGroups> GetGroupCurvesAsync(
        string sweepId, IReadOnlyList<string> by, string metric, RunsQuery query, string curve, int maxPoints, CancellationToken cancellationToken) =>
        GetAsync<RunGroups>(
            QueryText.With(
                $"api/sweeps/{Escape(sweepId)}/groups",
                ("by", string.Join(',', by)), ("metric", metric), ("status", query.Status), ("filter", query.Filter), ("sort", query.Sort),
                ("skip", Text(query.Skip)), ("take", Text(query.Take)), ("curve", curve), ("maxPoints", Text(maxPoints))),
            cancellationToken);

    /// <summary>Why runs of the sweep failed.</summary>
    public Task<SweepFailures> GetFailuresAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<SweepFailures>($"api/sweeps/{Escape(sweepId)}/failures", cancellationToken);

    /// <summary>The number of runs by status.</summary>
    public Task<RunCounts> GetRunCountsAsync(string sweepId, RunsQuery query, CancellationToken cancellationToken) =>
        GetAsync<RunCounts>(
            QueryText.With($"api/sweeps/{Escape(sweepId)}/runs/counts", ("status", query.Status), ("filter", query.Filter), ("ids", query.Ids)), cancellationToken);

    public Task<RunNames> GetNamesAsync(string sweepId, CancellationToken cancellationToken) =>
        GetAsync<RunNames>($"api/sweeps/{Escape(sweepId)}/names", cancellationToken);

    /// <summary>Runs of all sweeps that contain the words, newest first.</summary>
    public Task<IReadOnlyList<FoundRun>> FindRunsAsync(string words, int take, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<FoundRun>>(QueryText.With("api/runs", ("q", words), ("take", Text(take))), cancellationToken);

    /// <summary>The runs before and after a run in a list of its sweep's runs.</summary>
    public Task<RunNeighbors> GetNeighborsAsync(string runId, RunListQuery list, CancellationToken cancellationToken) =>
        GetAsync<RunNeighbors>(list.AddTo($"api/runs/{Escape(runId)}/neighbors"), cancellationToken);

    /// <summary>One metric of the runs that have it, by run.</summary>
    /// <param name="runIds">Ids of runs of this sweep.</param>
    /// <param name="maxPoints">Longer curves are thinned.</param>
    /// <param name="withTimes">Whether points carry the time of their measurement.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> GetCurvesAsync(
        string sweepId, IReadOnlyList<string> runIds, string metric, int maxPoints, bool withTimes, CancellationToken cancellationToken)
    {
        var curves = new Dictionary<string, IReadOnlyList<SeriesPoint>>();
        foreach (string[] ids in runIds.Chunk(CurvesPerRequest))
        {
            string path = QueryText.With(
                $"api/sweeps/{Escape(sweepId)}/curves",
                ("ids", string.Join(',', ids)), ("metric", metric), ("maxPoints", Text(maxPoints)), ("attempts", "true"), ("times", withTimes ? null : "false"));
            foreach ((string run, IReadOnlyList<SeriesPoint> points) in await GetAsync<Dictionary<string, IReadOnlyList<SeriesPoint>>>(path, cancellationToken))
            {
                curves[run] = points;
            }
        }

        return curves;
    }

    public Task<BulkResult> BulkAsync(BulkRequest request, CancellationToken cancellationToken) =>
        SendAsync<BulkResult>(HttpMethod.Post, "api/runs/bulk", Content(request), cancellationToken);

    public Task<RunView> ChangeRunAsync(string id, RunChange change, CancellationToken cancellationToken) =>
        SendAsync<RunView>(HttpMethod.Patch, $"api/runs/{Escape(id)}", Content(change), cancellationToken);

    public Task<SweepView> ChangeSweepAsync(string id, SweepChange change, CancellationToken cancellationToken) =>
        SendAsync<SweepView>(HttpMethod.Patch, $"api/sweeps/{Escape(id)}", Content(change), cancellationToken);

    private static JsonContent Content<T>(T body) => JsonContent.Create(body, options: ContentOptions);
}
