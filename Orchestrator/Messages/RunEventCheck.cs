using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Messages;

/// <summary>
/// What an event must be like before anything is done with it. Whatever can reach the broker can send events, and workers of another version may be
/// wrong about them: neither may spoil the history of a run. Pure.
/// </summary>
internal static class RunEventCheck
{
    private const int LongestMetricName = 200;
    private const int MostMetrics = 1_000;

    /// <summary>Longer messages say nothing more, and everybody who looks at the run would load them.</summary>
    private const int LongestFailure = 10_000;

    /// <exception cref="BadMessageException">One of them is missing.</exception>
    public static void RequireIds(string? runId, string? workerId)
    {
        if (string.IsNullOrEmpty(runId) || string.IsNullOrEmpty(workerId))
        {
            throw new BadMessageException($"an event of run \"{runId}\" and worker \"{workerId}\"; both must be named");
        }
    }

    /// <param name="epochs">How many the run has.</param>
    /// <exception cref="BadMessageException">No worker can have measured that.</exception>
    public static void Require(EpochFinished report, int epochs)
    {
        if (report.Epoch < 1 || report.Epoch > epochs || report.Iteration < 0)
        {
            throw new BadMessageException(
                $"epoch {report.Epoch}, iteration {report.Iteration} of run {report.RunId}; allowed: epochs 1 to {epochs}, iterations from 0");
        }

        if (report.Metrics is null || report.Metrics.Count > MostMetrics)
        {
            throw new BadMessageException($"{report.Metrics?.Count ?? 0} metrics of run {report.RunId}; allowed: a mapping of at most {MostMetrics}");
        }

        if (report.Metrics.Keys.FirstOrDefault(name => name.Length is 0 or > LongestMetricName) is { } wrong)
        {
            throw new BadMessageException($"a metric of run {report.RunId} has a name of {wrong.Length} characters; allowed: 1 to {LongestMetricName}");
        }
    }

    /// <summary>The end with what can be kept of it: it must count in any case, or the run would train again.</summary>
    public static AttemptEnded Tidy(AttemptEnded ended) => ended with
    {
        Failure = ended.Failure is { } failure ? failure with { Message = Shorten(failure.Message ?? "no reason was given") } : null,
        Artifacts = [.. (ended.Artifacts ?? []).Where(IsArtifact)],
        Epochs = [.. (ended.Epochs ?? []).Where(epoch => epoch is not null && epoch.RunId == ended.RunId && epoch.Attempt == ended.Attempt && epoch.WorkerId == ended.WorkerId)],
    };

    private static string Shorten(string text) => text.Length <= LongestFailure ? text : string.Concat(text.AsSpan(0, LongestFailure), "…");

    /// <summary>Other names are never asked of a store.</summary>
    private static bool IsArtifact(Artifact? artifact) =>
        artifact is { Name: not null, Sha256: not null, Bytes: >= 0 } && ArtifactName.IsFileName(artifact.Name);
}
