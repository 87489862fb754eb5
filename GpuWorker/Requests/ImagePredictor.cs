using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.ServiceDefaults.Artifacts;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Requests;

/// <summary>Says what a run's best weights take a picture for.</summary>
internal sealed class ImagePredictor(IArtifactStore artifacts, StoredModels models, SideThread side, TimeProvider time)
{
    /// <summary>Decoded, these take 160 MB next to whatever is being trained. Of a large JPEG fewer are decoded than it has.</summary>
    private const long MostPixels = 40_000_000;

    /// <summary>Less than the Orchestrator waits for an answer.</summary>
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(15);

    /// <returns>A <see cref="PredictionView"/> or a <see cref="ModelRequestRefused"/>.</returns>
    public async Task<object> PredictAsync(PredictImage request, CancellationToken cancellationToken)
    {
        string? path;
        try
        {
            path = await FetchAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is ArtifactRefusedException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            return new ModelRequestRefused(ModelRequestProblem.Weights, e.Message);
        }

        return path is null
            ? new ModelRequestRefused(ModelRequestProblem.Weights, $"attempt {request.Attempt} of run {request.RunId} has no {RunFiles.Best}")
            : await side.RunAsync(() => Predict(path, request.Image), cancellationToken);
    }

    private async Task<string?> FetchAsync(PredictImage request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(FetchTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await artifacts.FetchAsync(request.RunId, request.Attempt, RunFiles.Best, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the weights could not be fetched within {FetchTime.TotalSeconds:0} s");
        }
    }

    private object Predict(string path, byte[] picture)
    {
        try
        {
            return Predict(models.Get(path), picture);
        }
        catch (CorruptImageException e)
        {
            return new ModelRequestRefused(ModelRequestProblem.Image, e.Message);
        }
        catch (Exception e) when (e is SafetensorsException or TrainingException or IOException or UnauthorizedAccessException)
        {
            return new ModelRequestRefused(ModelRequestProblem.Weights, e.Message);
        }
    }

    /// <summary>Step by step what <see cref="OutcomePass"/> does with a file of the data set, so that both say the same.</summary>
    /// <exception cref="CorruptImageException">The picture cannot be decoded.</exception>
    private static PredictionView Predict(StoredModel stored, byte[] picture)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        WeightsDescription description = stored.Description;
        using var normalizer = new ImageNormalizer(description.Statistics, CPU);
        Tensor pixels = zeros([1, 3, description.ImageSize, description.ImageSize], ScalarType.Byte);
        ImageFileDecoder.DecodeTo(picture, description.ImageSize, pixels.bytes, MostPixels);
        Tensor logits = stored.Model.forward(normalizer.Normalize(ImageNormalizer.ToUnit(pixels)));
        double[] probabilities = logits.to_type(ScalarType.Float64).softmax(1).data<double>().ToArray();
        return new PredictionView(
        [
            .. probabilities
                .Select((probability, label) => new ClassProbability(description.Classes[label], probability))
                .OrderByDescending(prediction => prediction.Probability),
        ]);
    }
}
