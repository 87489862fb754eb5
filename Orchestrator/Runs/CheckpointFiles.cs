using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Runs;

/// <summary>Looks whether an attempt left a checkpoint: one that was handed back before its first may have none.</summary>
public sealed class CheckpointFiles(IArtifactStore store)
{
    /// <summary>Workers name the files of a checkpoint <c>checkpoint…</c>.</summary>
    private const string Pattern = "checkpoint*";

    public bool Exists(string runId, int attempt)
    {
        string folder = store.AttemptFolder(runId, attempt);
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Pattern).Any();
    }
}
