using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Training;

/// <summary>Validates a job before anything is loaded, and resolves its defaults.</summary>
internal static class JobCheck
{
    /// <summary>The job with resolved hyperparameters.</summary>
    /// <exception cref="TrainingException">The configuration cannot work (kind Invalid).</exception>
    public static TrainingJob Resolve(TrainingJob job)
    {
        if (DatasetCatalog.Find(job.Dataset.Name) is null)
        {
            throw Invalid($"unknown data set \"{job.Dataset.Name}\"; allowed: {string.Join(", ", DatasetCatalog.Names)}");
        }

        Hyperparameters settings = CellDefaults.Resolve(job.Hyperparameters, job.Dataset);
        if (CellRules.Problem(settings) is { } problem)
        {
            throw Invalid(problem);
        }

        return job with { Hyperparameters = settings };
    }

    private static TrainingException Invalid(string message) => new(FailureKind.Invalid, message);
}
