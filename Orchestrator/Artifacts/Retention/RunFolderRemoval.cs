using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>All files of a run: artifacts, checkpoints, parts of uploads.</summary>
public sealed class RunFolderRemoval(ArtifactFolder folder, ArtifactUsage usage, ILogger<RunFolderRemoval> logger) : IRunData
{
    public Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        Remove(runId);
        return Task.CompletedTask;
    }

    /// <exception cref="IOException">Something cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Something must not be removed.</exception>
    public void Remove(string runId)
    {
        string path = folder.RunFolder(runId);
        IReadOnlyList<int> attempts = folder.AttemptsOf(runId);
        try
        {
            // A link is removed, not what it points at.
            Directory.Delete(path, recursive: true);
            logger.LogDebug("The files of the deleted run {RunId} are removed", runId);
        }
        catch (DirectoryNotFoundException)
        {
            // It never had any, or they are gone already.
        }
        finally
        {
            foreach (int attempt in attempts)
            {
                usage.Measure(runId, attempt);
            }
        }
    }
}
