using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>Removes all files of a run: artifacts, checkpoints, partial uploads.</summary>
public sealed class RunFolderRemoval(ArtifactFolder folder, ArtifactUsage usage, ILogger<RunFolderRemoval> logger) : IRunData
{
    public Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        Remove(runId);
        return Task.CompletedTask;
    }

    /// <exception cref="IOException">A file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not remove a file.</exception>
    public void Remove(string runId)
    {
        string path = folder.RunFolder(runId);
        IReadOnlyList<int> attempts = folder.AttemptsOf(runId);
        try
        {
            // Removes a link itself, not its target.
            Directory.Delete(path, recursive: true);
            logger.LogDebug("Removed the files of the deleted run {RunId}", runId);
        }
        catch (DirectoryNotFoundException)
        {
            // The run never had a folder, or it is already removed.
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
