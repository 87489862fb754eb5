using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Runs.Checkpoints;

/// <summary>The checkpoints that attempts have stored.</summary>
public class CheckpointFiles(ArtifactFolder store, ILogger<CheckpointFiles> logger)
{
    private const string Pattern = ArtifactNames.CheckpointPrefix + "*";

    /// <summary>The files that resuming may need.</summary>
    private static readonly string[] Needed =
        [ArtifactNames.BestWeights, ArtifactNames.PreviousBestWeights, Initialization.FileName, ArtifactNames.PreviousCheckpoint, ArtifactNames.Checkpoint];

    /// <summary>Whether an attempt has stored a checkpoint: one that was handed back early has none.</summary>
    public virtual bool Exists(string runId, int attempt)
    {
        string folder = store.AttemptFolder(runId, attempt);
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Pattern).Any();
    }

    /// <summary>Gives a run the checkpoint of another run's attempt that has ended, as that of <see cref="Attempt.OfStage"/>.</summary>
    /// <returns>False if the files are not there or cannot be linked, which is logged.</returns>
    public virtual bool TryShare(string runId, int attempt, string toRunId)
    {
        try
        {
            string source = store.AttemptFolder(runId, attempt);
            string target = store.PrepareAttemptFolder(toRunId, Attempt.OfStage);
            foreach (string name in Needed.Where(name => File.Exists(Path.Combine(source, name))))
            {
                FileLink.Create(Path.Combine(source, name), Path.Combine(target, name));
            }

            return Exists(toRunId, Attempt.OfStage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(
                exception, "Run {RunId} cannot share the checkpoint of attempt {Attempt} of run {SourceId} and trains from its first epoch", toRunId, attempt, runId);
            return false;
        }
    }
}
