using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Finds what an earlier attempt left and takes it over into the new attempt's folder.</summary>
internal sealed class ResumePoint(ILogger logger)
{
    /// <summary>
    /// The newest whole checkpoint of <see cref="TrainingJob.ResumeFolder"/>, copied to <see cref="TrainingJob.Folder"/> together with the best
    /// weights before anything else happens, so that this attempt may end at any time and leave as much as it was given.
    /// </summary>
    /// <returns>Null to start afresh, which is logged as a warning. The caller owns the content.</returns>
    public SafetensorsContent? TakeOver(TrainingJob job)
    {
        if (job.ResumeFolder is not { } folder)
        {
            return null;
        }

        foreach (string name in (string[])[RunFiles.Checkpoint, RunFiles.PreviousCheckpoint])
        {
            if (TryTakeOver(job, folder, name) is { } content)
            {
                return content;
            }
        }

        logger.LogWarning("No usable checkpoint in {Folder}: the run starts afresh", folder);
        return null;
    }

    private SafetensorsContent? TryTakeOver(TrainingJob job, string folder, string name)
    {
        string path = Path.Combine(folder, name);
        SafetensorsContent? content = null;
        try
        {
            content = SafetensorsFile.Read(path, requireChecksum: true);
            if (RunCheckpoint.StateOf(content).Epoch > 0)
            {
                TakeOverBest(job, folder);
            }

            InitializationFile.TakeOver(folder, job.Folder);
            AtomicCopy(path, Path.Combine(job.Folder, RunFiles.Checkpoint));
            return content;
        }
        catch (Exception e) when (e is SafetensorsException or FileNotFoundException or DirectoryNotFoundException)
        {
            logger.LogWarning("Checkpoint {Path} is of no use: {Reason}", path, e.Message);
            content?.Dispose();
            return null;
        }
    }

    private static void TakeOverBest(TrainingJob job, string folder)
    {
        string best = Path.Combine(folder, RunFiles.Best);
        using (SafetensorsFile.Read(best, requireChecksum: true))
        {
            AtomicCopy(best, Path.Combine(job.Folder, RunFiles.Best));
        }
    }

    private static void AtomicCopy(string from, string to) => AtomicFile.Write(to, target =>
    {
        using FileStream source = File.OpenRead(from);
        source.CopyTo(target);
    });
}
