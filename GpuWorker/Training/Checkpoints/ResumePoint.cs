using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Finds the checkpoint of an earlier attempt and copies it to the new attempt's folder.</summary>
internal sealed class ResumePoint(ILogger logger)
{
    /// <summary>
    /// The newest complete checkpoint of <see cref="TrainingJob.ResumeFolder"/>, copied to <see cref="TrainingJob.Folder"/> together with the best
    /// weights before anything else happens, so that this attempt may end at any time without losing them.
    /// </summary>
    /// <returns>Null to start from the beginning, which is logged as a warning. The caller owns the content.</returns>
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

        logger.LogWarning("No usable checkpoint in {Folder}: the run starts from the beginning", folder);
        return null;
    }

    private SafetensorsContent? TryTakeOver(TrainingJob job, string folder, string name)
    {
        string path = Path.Combine(folder, name);
        SafetensorsContent? content = null;
        try
        {
            using FileStream file = SafetensorsFile.Open(path);
            content = SafetensorsFile.Read(file, requireChecksum: true);
            TrainingState state = RunCheckpoint.StateOf(content);
            if (state.Epoch > 0)
            {
                TakeOverBest(job, folder, BestEpochOf(job, state));
            }

            InitializationFile.TakeOver(folder, job.Folder);
            Copy(file, Path.Combine(job.Folder, RunFiles.Checkpoint));
            return content;
        }
        catch (Exception e) when (e is SafetensorsException or FileNotFoundException or DirectoryNotFoundException)
        {
            logger.LogWarning("Checkpoint {Path} cannot be used: {Reason}", path, e.Message);
            content?.Dispose();
            return null;
        }
    }

    private static int BestEpochOf(TrainingJob job, TrainingState state) => state.History.All(epoch => epoch.Metrics.ContainsKey(job.Objective.Metric))
        ? EpochSelection.BestEpoch(job.Hyperparameters, job.Objective, state)
        : throw new SafetensorsException($"its epochs have no {job.Objective.Metric}, which the best one is found by");

    /// <summary>
    /// The best weights are replaced just before the checkpoint that refers to them, and the previous ones are kept: so those of the checkpoint's best
    /// epoch are one of the two. Others would belong to an epoch that is not in this checkpoint.
    /// </summary>
    private static void TakeOverBest(TrainingJob job, string folder, int epoch)
    {
        var problems = new List<string>();
        foreach (string name in (string[])[RunFiles.Best, RunFiles.PreviousBest])
        {
            if (TryTakeOverBest(job, Path.Combine(folder, name), epoch) is not { } problem)
            {
                return;
            }

            problems.Add($"{name} {problem}");
        }

        throw new SafetensorsException($"the weights of its best epoch, {epoch}, are missing: {string.Join("; ", problems)}");
    }

    /// <returns>Null if the weights are of that epoch and have been copied; otherwise the reason.</returns>
    private static string? TryTakeOverBest(TrainingJob job, string path, int epoch)
    {
        try
        {
            using FileStream file = SafetensorsFile.Open(path);
            using SafetensorsContent content = SafetensorsFile.Read(file, requireChecksum: true);
            if (WeightsDescription.Read(content.Metadata).Epoch is var actual && actual != epoch)
            {
                return $"is of epoch {actual}";
            }

            Copy(file, Path.Combine(job.Folder, RunFiles.Best));
            return null;
        }
        catch (SafetensorsException e)
        {
            return $"is damaged: {e.Message}";
        }
        catch (FileNotFoundException)
        {
            return "is not there";
        }
    }

    /// <summary>Copies the file that was read: its path may lead to a newer one by now.</summary>
    private static void Copy(FileStream source, string path)
    {
        source.Position = 0;
        AtomicFile.Write(path, source.CopyTo);
    }
}
