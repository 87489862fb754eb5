using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Progress;

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
            TrainingState state = RunCheckpoint.StateOf(content);
            if (state.Epoch > 0)
            {
                TakeOverBest(job, folder, BestEpochOf(job, state));
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

    private static int BestEpochOf(TrainingJob job, TrainingState state) => state.History.All(epoch => epoch.Metrics.ContainsKey(job.Objective.Metric))
        ? EpochSelection.BestEpoch(job.Hyperparameters, job.Objective, state)
        : throw new SafetensorsException($"its epochs have no {job.Objective.Metric}, which the best one is found by");

    /// <summary>
    /// The best weights are replaced a moment before the checkpoint that speaks of them, and the ones before are kept: so those of the checkpoint's best
    /// epoch are one of the two. Others would be of an epoch that this checkpoint knows nothing of.
    /// </summary>
    private static void TakeOverBest(TrainingJob job, string folder, int epoch)
    {
        var problems = new List<string>();
        foreach (string name in (string[])[RunFiles.Best, RunFiles.PreviousBest])
        {
            string path = Path.Combine(folder, name);
            if (WhyNotOf(epoch, path) is { } problem)
            {
                problems.Add($"{name} {problem}");
                continue;
            }

            AtomicCopy(path, Path.Combine(job.Folder, RunFiles.Best));
            return;
        }

        throw new SafetensorsException($"the weights of its best epoch, {epoch}, are missing: {string.Join("; ", problems)}");
    }

    /// <returns>Null where the file has the weights of that epoch.</returns>
    private static string? WhyNotOf(int epoch, string path)
    {
        try
        {
            using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: true);
            int actual = WeightsDescription.Read(content.Metadata).Epoch;
            return actual == epoch ? null : $"is of epoch {actual}";
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

    private static void AtomicCopy(string from, string to) => AtomicFile.Write(to, target =>
    {
        using FileStream source = File.OpenRead(from);
        source.CopyTo(target);
    });
}
