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
internal sealed class ImagePredictor(IArtifactStore artifacts, StoredModels models)
{
    /// <summary>Decoded, these take 280 MB beside whatever is being trained.</summary>
    private const long MostPixels = 40_000_000;

    /// <returns>A <see cref="PredictionView"/> or a <see cref="ModelRequestRefused"/>.</returns>
    public object Predict(PredictImage request)
    {
        try
        {
            RgbImage image = ImageFileDecoder.Decode(request.Image, MostPixels);
            string path = Path.Combine(artifacts.AttemptFolder(request.RunId, request.Attempt), RunFiles.Best);
            return Predict(models.Get(path), image);
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

    private static PredictionView Predict(StoredModel stored, RgbImage image)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        WeightsDescription description = stored.Description;
        using var normalizer = new ImageNormalizer(description.Statistics, CPU);
        Tensor pixels = zeros([1, 3, description.ImageSize, description.ImageSize], ScalarType.Byte);
        ImageResizer.Fit(image, description.ImageSize, pixels.bytes);
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
