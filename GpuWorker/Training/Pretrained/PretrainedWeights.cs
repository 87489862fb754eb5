using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using Experiments.GpuWorker.Training.Pretrained.TorchFiles;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Loads pretrained weights into a new model.</summary>
internal sealed class PretrainedWeights(PretrainedSource source, InputCheck inputs, ILogger<PretrainedWeights> logger)
{
    /// <summary>
    /// Replaces the weights of <paramref name="model"/> that the source contains. A head for other classes keeps its initial weights, one for the
    /// same classes in another order is reordered. Any other missing weight is an error.
    /// </summary>
    /// <param name="classes">The data set's classes, in the order of its labels.</param>
    /// <param name="expected">The expected file; null to skip the check.</param>
    /// <returns>The origin of each tensor; null for a run without pretrained weights.</returns>
    /// <exception cref="TrainingException">There are no such weights, or they belong to another architecture (kind Invalid), or they have changed since the run was planned (kind Data).</exception>
    public Initialization? Apply(ImageModel model, Hyperparameters settings, IReadOnlyList<string> classes, ExpectedInputs? expected, CancellationToken cancel)
    {
        if (settings.Pretrained == PretrainedSource.None)
        {
            return null;
        }

        string path = source.Find(settings);
        try
        {
            string stamp = RequireExpected(settings, path, expected, cancel);
            using IStoredWeights weights = Open(path);
            Initialization result = Transfer(model, weights, settings, classes);
            if (FileSet.Look(path).Stamp([]) != stamp)
            {
                throw DatasetErrors.Bad($"pretrained \"{settings.Pretrained}\" has changed while it was read; {DatasetErrors.WhatToDo}");
            }

            result = result with
            {
                Source = settings.Pretrained,
                File = Path.GetFileName(path),
                Normalization = StoredNormalization.Of(path, weights.Texts),
                Warning = Join(WarningAbout(settings, path), result.Warning),
            };
            Log(result);
            return result;
        }
        catch (Exception e) when (e is SafetensorsException or TorchFileException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(FailureKind.Invalid, $"pretrained \"{settings.Pretrained}\" cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The most common cause of a wrong shape: weights of the usual stem for a network with the stem for small images.</summary>
    private static string Advice(Hyperparameters settings) =>
        settings.SmallInput == true && ModelCatalog.Find(settings.Model)!.SmallInput
            ? $" (this {settings.Model} has the stem for small images; weights of the usual one need smallInput: false)"
            : "";

    private static Initialization Transfer(ImageModel model, IStoredWeights weights, Hyperparameters settings, IReadOnlyList<string> classes)
    {
        try
        {
            return new WeightTransfer(model, weights, classes).Run();
        }
        catch (SafetensorsException problem)
        {
            string whose = OtherArchitectures.Find(weights, settings) is { } other ? $". The weights in this file are {other}'s; write model: {other}" : "";
            throw new SafetensorsException($"{problem.Message}{whose}{Advice(settings)}", problem);
        }
    }

    /// <returns>The state of the file before it is read.</returns>
    private string RequireExpected(Hyperparameters settings, string path, ExpectedInputs? expected, CancellationToken cancel)
    {
        var file = FileSet.Look(path);
        SeenFiles seen = file.Describe([]);
        if (WeightFileNames.IsPath(settings.Pretrained))
        {
            inputs.Require(expected, RunInput.Weights, seen, file, $"pretrained \"{settings.Pretrained}\"", cancel);
        }

        return seen.Stamp;
    }

    private static IStoredWeights Open(string path) =>
        WeightFileNames.IsSafetensors(path) ? new SafetensorsWeights(path) : TorchFile.Open(path);

    /// <summary>A user may put a different file into the weights folder on purpose; the run then carries a warning.</summary>
    private static string? WarningAbout(Hyperparameters settings, string path) =>
        PretrainedSource.Published(settings) is { } published && PublishedWeightsStore.DescribeMismatch(published, path) is { } problem
            ? $"not the file that was published: {problem}"
            : null;

    private static string? Join(params string?[] warnings) => string.Join("; ", warnings.OfType<string>()) is { Length: > 0 } all ? all : null;

    private void Log(Initialization result)
    {
        logger.LogInformation(
            "Pretrained {Source} ({File}): {Loaded} tensors loaded, {Adapted} adapted, new: {Replaced}, not in the file: {Kept}, not used: {Skipped}",
            result.Source, result.File, result.Loaded.Count + result.Reordered.Count, result.Adapted.Count, result.Replaced, result.Kept, result.Skipped);
        if (result.Container is not null || result.DroppedPrefix is not null)
        {
            logger.LogInformation(
                "Pretrained {Source}: weights under key {Container} of {File}, {Prefix} dropped from their names; also fitting: {Others}",
                result.Source, result.Container ?? "(none)", result.File, result.DroppedPrefix ?? "nothing", result.OtherReadings);
        }

        logger.LogInformation("Pretrained {Source}: head {Head}, {Reason}", result.Source, EnumText.Of(result.Head!.Value), result.HeadReason);
        if (result.Warning is { } warning)
        {
            logger.LogWarning("Pretrained {Source}: {File}: {Warning}", result.Source, result.File, warning);
        }
    }
}
