using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Resolves the hyperparameter <c>pretrained</c> to a file.</summary>
internal sealed class PretrainedSource(DatasetFolder folders, IPretrainedRuns runs, PublishedWeightsStore published)
{
    public const string None = "none";
    private const string ImageNet = "imagenet";

    /// <summary>The published weights to fetch before a run can begin; null if it needs none, or there are none for its model.</summary>
    public static PublishedWeights? Published(Hyperparameters settings) =>
        settings.Pretrained == ImageNet ? PublishedWeights.Find(settings.Model) : null;

    /// <exception cref="TrainingException">There is no such file (kind Invalid).</exception>
    public string Find(Hyperparameters settings)
    {
        string source = settings.Pretrained;
        if (source == ImageNet)
        {
            PublishedWeights weights = Published(settings) ?? throw Invalid(
                $"pretrained \"{source}\": no weights are published for {settings.Model}; there are for {string.Join(", ", PublishedWeights.All.Select(known => known.Model))}");
            return published.Find(weights) ?? throw published.Missing(weights, "they were not fetched");
        }

        if (RunReference.IdOf(source) is { } run)
        {
            return runs.FindBestWeights(run) ?? throw Invalid($"pretrained \"{source}\": this worker finds no best weights of such a run");
        }

        string path = folders.Allow(source);
        return File.Exists(path) ? path : throw Invalid($"pretrained \"{source}\": there is no such file on this worker");
    }

    private static TrainingException Invalid(string message) => new(FailureKind.Invalid, message);
}
