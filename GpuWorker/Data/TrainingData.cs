using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Splits;

namespace Experiments.GpuWorker.Data;

/// <summary>What one run trains, validates and tests with. Dispose it to let go of the memory.</summary>
internal sealed record TrainingData : IDisposable
{
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Pixels a side.</summary>
    public required int ImageSize { get; init; }

    public required ImageSplit Training { get; init; }

    public required ImageSplit Validation { get; init; }

    public ImageSplit? Test { get; init; }

    /// <summary>Where each image of <see cref="Test"/> is found, or of <see cref="Validation"/> where there is no such split.</summary>
    public required IReadOnlyList<string> EvaluatedPlaces { get; init; }

    /// <summary>Of the training images alone: validation must not leak into how images are normalised.</summary>
    public required ChannelStatistics Statistics { get; init; }

    /// <summary>How class folders were understood; null where the files are of a fixed layout.</summary>
    public DatasetReading? Reading { get; init; }

    /// <summary>What of the split is probably not meant, in sentences.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Tells the files apart from other states of theirs.</summary>
    public required string Fingerprint { get; init; }

    public required IDisposable Lease { get; init; }

    public void Dispose() => Lease.Dispose();
}
