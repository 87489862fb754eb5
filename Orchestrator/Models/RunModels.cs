using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Evaluation;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Models;

/// <summary>Describes the networks of runs layer by layer, for their classes, image size and stem.</summary>
public sealed class RunModels(RunViews runs, EvaluationFiles evaluations, DatasetRequests datasets, ModelDescriptions models)
{
    /// <exception cref="ApiException">There is no such run, no worker answers, or the number of classes is unknown.</exception>
    public async Task<ModelSummary> GetAsync(string runId, CancellationToken cancellationToken)
    {
        Run run = await runs.FindAsync(runId, cancellationToken);
        (Hyperparameters settings, DatasetSpec dataset) = Read(run);
        int classes = await ClassesAsync(run, dataset, cancellationToken);
        return await models.GetAsync(
            new DescribeModel(settings.Model, classes, settings.ImageSize!.Value, settings.SmallInput!.Value), cancellationToken);
    }

    private static (Hyperparameters Settings, DatasetSpec Dataset) Read(Run run)
    {
        try
        {
            (Hyperparameters settings, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
            return (CellDefaults.Resolve(settings, dataset), dataset);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw ApiException.Conflict(exception.Message);
        }
    }

    /// <summary>The number of classes in the run's evaluation, which the run was trained on; before it is evaluated, the number in the data set.</summary>
    private async Task<int> ClassesAsync(Run run, DatasetSpec dataset, CancellationToken cancellationToken)
    {
        if (await evaluations.TryReadAsync<EvaluationReport>(run, ArtifactNames.Evaluation, cancellationToken) is { } evaluation)
        {
            return evaluation.Classes.Count;
        }

        if (DatasetCatalog.Find(dataset.Name)?.Classes is { } classes)
        {
            return classes;
        }

        (DatasetContentsView? contents, string? whyAbsent) = await datasets.DescribeAsync(dataset, cancellationToken);
        return contents?.Classes.Count ?? throw ApiException.Missing("The number of classes is unknown.", whyAbsent!);
    }
}
