using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Files;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.GpuWorker.Requests;

/// <summary>Predicts the class of an image with a run's best weights.</summary>
internal sealed class ImagePredictor(IArtifactStore artifacts, StoredModels models, SideThread side, TimeProvider time)
{
    /// <summary>Decoding an image of this size takes 160 MB in addition to the training. Large JPEGs are decoded at reduced size.</summary>
    private const long MostPixels = 40_000_000;

    /// <summary>Shorter than the Orchestrator's timeout.</summary>
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(15);

    public async Task<Answer<PredictionView, ModelRequestRefused>> PredictAsync(PredictImage request, CancellationToken cancellationToken)
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

    private Answer<PredictionView, ModelRequestRefused> Predict(string path, byte[] picture)
    {
        try
        {
            return new PredictionView(TrainedModel.Predict(models.Get(path), picture, MostPixels));
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
}
