using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Evaluation;

/// <summary>Finds the evaluation files of runs.</summary>
public sealed class EvaluationFiles(RunViews runs, ArtifactFolder store)
{
    /// <summary>The content of a JSON artifact; for a run that took over its result, that of the original.</summary>
    /// <exception cref="ApiException">There is no such run, or it does not have the artifact (yet).</exception>
    public async Task<T> ReadAsync<T>(string runId, string name, CancellationToken cancellationToken)
        where T : class
    {
        Run run = await runs.FindAsync(runId, cancellationToken);
        return await TryReadAsync<T>(run, name, cancellationToken) ?? throw Missing(run, name);
    }

    /// <summary>Like <see cref="ReadAsync{T}"/>; null when the run does not have the artifact (yet).</summary>
    public async Task<T?> TryReadAsync<T>(Run run, string name, CancellationToken cancellationToken)
        where T : class
    {
        await using Stream? content = TryOpen(run, name);
        return content is null ? null : await JsonSerializer.DeserializeAsync<T>(content, ContractJson.Options, cancellationToken);
    }

    /// <summary>The content of an artifact; for a run that took over its result, that of the original.</summary>
    /// <exception cref="ApiException">The artifact does not exist (yet).</exception>
    public Stream Open(Run run, string name) => TryOpen(run, name) ?? throw Missing(run, name);

    /// <summary>The newest attempt that left best weights; a run that still trains has them after its first epoch.</summary>
    /// <exception cref="ApiException">There is no such run, or it has none yet.</exception>
    public async Task<(string RunId, int Attempt)> FindBestWeightsAsync(string runId, CancellationToken cancellationToken)
    {
        Run run = await runs.FindAsync(runId, cancellationToken);
        int newest = run.ArtifactsAttempt ?? run.Attempt;
        for (int attempt = newest; attempt >= 1; attempt--)
        {
            if (File.Exists(Path.Combine(store.AttemptFolder(run.SourceId, attempt), ArtifactNames.BestWeights)))
            {
                return (run.SourceId, attempt);
            }
        }

        throw ApiException.Conflict($"the run is {Name(run.Status)} and has no best weights yet; it has them after its first finished epoch");
    }

    private FileStream? TryOpen(Run run, string name) =>
        IsListed(run, name) && run.ArtifactsAttempt is { } attempt ? store.OpenRead(run.SourceId, attempt, name) : null;

    private static ApiException Missing(Run run, string name) => ApiException.Missing(
        $"Run \"{run.Id}\" has no evaluation.",
        run.Status == RunStatus.Completed
            ? $"it completed without {name}"
            : $"its best weights are evaluated when it completes; it is {Name(run.Status)}");

    private static bool IsListed(Run run, string name) =>
        JsonSerializer.Deserialize<List<Artifact>>(run.Artifacts, ContractJson.Options)!.Exists(artifact => artifact.Name == name);

    private static string Name(RunStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
