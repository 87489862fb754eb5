using Experiments.Contracts.Api;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Splits;

namespace Experiments.GpuWorker.Data;

/// <summary>The data that one run trains, validates and tests with. Disposing it releases the memory.</summary>
internal sealed record TrainingData : IDisposable
{
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Pixels a side.</summary>
    public required int ImageSize { get; init; }

    public required ImageSplit Training { get; init; }

    public required ImageSplit Validation { get; init; }

    public ImageSplit? Test { get; init; }

    /// <summary>The location of each image of <see cref="Test"/>, or of <see cref="Validation"/> without a test split.</summary>
    public required IReadOnlyList<string> EvaluatedPlaces { get; init; }

    /// <summary>The statistics of the training images alone: validation images must not influence normalization.</summary>
    public required ChannelStatistics Statistics { get; init; }

    /// <summary>How class folders were interpreted; null for fixed layouts.</summary>
    public DatasetReading? Reading { get; init; }

    /// <summary>Warnings about the split, as sentences.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Identifies the state of the files.</summary>
    public required string Fingerprint { get; init; }

    public required IDisposable Lease { get; init; }

    public void Dispose() => Lease.Dispose();
}
