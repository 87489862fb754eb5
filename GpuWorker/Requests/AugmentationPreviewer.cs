using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Requests;

/// <summary>Previews an augmentation on a few training images, on the CPU, without loading the rest of the data set.</summary>
internal sealed class AugmentationPreviewer(DatasetFolder folders, DatasetDownloads downloads, ImageDecoder decoder)
{
    /// <summary>Larger images would take long to send without showing more.</summary>
    private const int LargestSide = 256;
    private const int Most = 64;

    private readonly ReadyDatasets _datasets = new(folders, downloads);

    /// <exception cref="TrainingException">The images cannot be read, or there is no such augmentation.</exception>
    public AugmentationPreview Show(PreviewAugmentation request, CancellationToken cancel)
    {
        if (request.ImageSize < 1)
        {
            throw new TrainingException(FailureKind.Invalid, $"images of {request.ImageSize} pixels; allowed: from 1");
        }

        using DisposeScope scope = NewDisposeScope();
        var augmentation = ImageAugmentation.Of(request.Augmentation);
        DatasetContents contents = _datasets.Open(request.Dataset);
        int[] positions = Choose(request, contents.Training.Labels.Count);
        int side = Math.Min(request.ImageSize, LargestSide);
        using DecodedImages decoded = decoder.Keep(contents.Training, positions, side, cancel);
        if (decoded.Corrupt.Count > 0 && !request.Dataset.SkipCorrupt)
        {
            throw DatasetErrors.Corrupt(decoded.Corrupt, positions.Length);
        }

        Tensor images = ImageNormalizer.ToUnit(decoded.Pixels);
        Tensor varied = augmentation.Apply(images.clone(), Array.ConvertAll(
            positions, position => CounterRandom.For(request.Seed, RandomPurpose.Augmentation, first: 0, position)));
        return new AugmentationPreview(PngImages.Encode(images), PngImages.Encode(varied));
    }

    /// <summary>Distinct random images by the seed, as far as there are enough.</summary>
    private static int[] Choose(PreviewAugmentation request, int available)
    {
        int count = Math.Min(Math.Clamp(request.Count, 1, Most), available);
        var random = CounterRandom.For(request.Seed, RandomPurpose.Preview);
        var chosen = new HashSet<int>();
        while (chosen.Count < count)
        {
            chosen.Add(random.Below(available));
        }

        return [.. chosen];
    }
}
