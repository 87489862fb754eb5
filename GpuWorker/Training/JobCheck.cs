using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Training;

/// <summary>Finds what cannot work before anything is loaded, and settles what is left open.</summary>
internal static class JobCheck
{
    /// <summary>The job with its image size settled.</summary>
    /// <exception cref="TrainingException">The configuration cannot work (kind Invalid).</exception>
    public static TrainingJob Resolve(TrainingJob job)
    {
        Hyperparameters settings = job.Hyperparameters;
        int imageSize = settings.ImageSize
            ?? DatasetCatalog.Find(job.Dataset.Name)?.DefaultImageSize
            ?? throw Invalid($"unknown data set \"{job.Dataset.Name}\"; allowed: {string.Join(", ", DatasetCatalog.Names)}");
        if (ModelCatalog.Find(settings.Model) is { } model && imageSize < model.MinimumImageSize)
        {
            throw Invalid($"imageSize is {imageSize}; {model.Name} needs at least {model.MinimumImageSize}");
        }

        if (settings.Precision != Precision.Float32)
        {
            throw Invalid($"precision is {EnumText.Of(settings.Precision)}; this version trains in float32 only");
        }

        return job with { Hyperparameters = settings with { ImageSize = imageSize } };
    }

    private static TrainingException Invalid(string message) => new(FailureKind.Invalid, message);
}
