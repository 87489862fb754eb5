using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>The trained weights of a run, for use outside of it: the file alone describes the network, its classes and how images are prepared. Runs on the CPU.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly StoredModel _stored;

    private TrainedModel(StoredModel stored) => _stored = stored;

    /// <summary>The names of the classes, in the order of the network's outputs.</summary>
    public IReadOnlyList<string> Classes => _stored.Description.Classes;

    /// <summary>Loads <c>best.safetensors</c> or <c>last.safetensors</c> of a run.</summary>
    /// <exception cref="SafetensorsException">It is damaged, or does not match the network that it names.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainedModel Load(string path) => new(StoredModel.Load(path, CPU));

    /// <summary>The probabilities of all classes, highest first.</summary>
    /// <param name="picture">The content of a JPEG, PNG, BMP, WebP or GIF file of any size.</param>
    /// <exception cref="CorruptImageException">It cannot be decoded.</exception>
    public IReadOnlyList<ClassProbability> Predict(byte[] picture) => Predict(_stored, picture, ImageFileDecoder.MostPixels);

    public void Dispose() => _stored.Dispose();

    /// <summary>The same steps as <see cref="OutcomePass"/> for a file of the data set, so that both give the same result.</summary>
    /// <param name="mostPixels">Images of more pixels are refused.</param>
    /// <exception cref="CorruptImageException">The image cannot be decoded.</exception>
    internal static IReadOnlyList<ClassProbability> Predict(StoredModel stored, byte[] picture, long mostPixels)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        WeightsDescription description = stored.Description;
        using var normalizer = new ImageNormalizer(description.Statistics, CPU);
        Tensor pixels = zeros([1, 3, description.ImageSize, description.ImageSize], ScalarType.Byte);
        ImageFileDecoder.DecodeTo(picture, description.ImageSize, pixels.bytes, mostPixels);
        Tensor logits = stored.Model.forward(normalizer.Normalize(ImageNormalizer.ToUnit(pixels)));
        double[] probabilities = logits.to_type(ScalarType.Float64).softmax(1).data<double>().ToArray();
        return
        [
            .. probabilities
                .Select((probability, label) => new ClassProbability(description.Classes[label], probability))
                .OrderByDescending(prediction => prediction.Probability),
        ];
    }
}
