using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Checks whether an attempt has stored a checkpoint: one that was handed back early has none.</summary>
public class CheckpointFiles(ArtifactFolder store)
{
    private const string Pattern = ArtifactNames.CheckpointPrefix + "*";

    public virtual bool Exists(string runId, int attempt)
    {
        string folder = store.AttemptFolder(runId, attempt);
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Pattern).Any();
    }
}
