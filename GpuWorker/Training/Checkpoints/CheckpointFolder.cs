using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>
/// Replaces the checkpoint in an attempt's folder together with the best weights that it refers to. Whenever the process dies, the folder holds a complete
/// checkpoint and, as the current or previous best weights, those of its best epoch.
/// </summary>
internal sealed class CheckpointFolder(string folder)
{
    /// <summary>The path of the best weights: the prepared ones if any, else those in place.</summary>
    public string BestFile => HasPreparedBest ? AtomicFile.PreparedPath(PathOf(RunFiles.Best)) : PathOf(RunFiles.Best);

    /// <summary>Whether best weights are prepared on disk to be put in place with the next checkpoint.</summary>
    public bool HasPreparedBest { get; private set; }

    /// <summary>Writes the best weights of the next checkpoint to disk, without replacing anything.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void PrepareBest(SafetensorsDraft best)
    {
        HasPreparedBest = false;
        AtomicFile.Prepare(PathOf(RunFiles.Best), best.WriteTo);
        HasPreparedBest = true;
    }

    /// <summary>Discards the prepared best weights.</summary>
    public void DiscardBest()
    {
        HasPreparedBest = false;
        AtomicFile.Discard(PathOf(RunFiles.Best));
    }

    /// <param name="best">Null if those in place or prepared are current.</param>
    /// <param name="position">For the message.</param>
    /// <exception cref="TrainingException">It cannot be written, for example because the disk is full; the previous files are intact.</exception>
    public void Save(SafetensorsDraft checkpoint, SafetensorsDraft? best, string position)
    {
        try
        {
            foreach (string _ in SaveInSteps(checkpoint, best))
            {
            }
        }
        catch (IOException e)
        {
            DiscardBest();
            AtomicFile.Discard(PathOf(RunFiles.Checkpoint));
            throw new TrainingException(
                FailureKind.Crash, $"the checkpoint of {position} could not be saved: {e.Message}. The checkpoint before it is intact", e);
        }
    }

    /// <summary>The steps of <see cref="Save"/>: each is done and named when the enumerator advances.</summary>
    internal IEnumerable<string> SaveInSteps(SafetensorsDraft checkpoint, SafetensorsDraft? best)
    {
        if (best is not null)
        {
            PrepareBest(best);
            yield return "best weights written";
        }

        AtomicFile.Prepare(PathOf(RunFiles.Checkpoint), checkpoint.WriteTo);
        yield return "checkpoint written";

        if (HasPreparedBest)
        {
            if (Keep(RunFiles.Best, RunFiles.PreviousBest))
            {
                yield return "best weights before kept";
            }

            AtomicFile.Replace(PathOf(RunFiles.Best));
            HasPreparedBest = false;
            yield return "best weights in place";
        }

        if (Keep(RunFiles.Checkpoint, RunFiles.PreviousCheckpoint))
        {
            yield return "checkpoint before kept";
        }

        AtomicFile.Replace(PathOf(RunFiles.Checkpoint));
        yield return "checkpoint in place";
    }

    private bool Keep(string name, string previous)
    {
        bool exists = File.Exists(PathOf(name));
        if (exists)
        {
            File.Move(PathOf(name), PathOf(previous), overwrite: true);
        }

        return exists;
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
