using System.Collections.Immutable;
using Experiments.Contracts.Catalog;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>CIFAR-10: 10 classes, six binary files.</summary>
public sealed class Cifar10Reader : IDatasetReader
{
    /// <summary>In the order of the labels, which is alphabetical.</summary>
    public static ImmutableArray<string> Classes { get; } = [.. PublishedClasses.Cifar10];

    private static readonly CifarLayout Layout = new(
        "CIFAR-10",
        "cifar-10-batches-bin",
        LabelBytes: 1,
        Classes,
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")],
        "test_batch.bin");

    public DatasetContents Open(string? folder) => CifarFolder.Open(Layout, folder ?? throw new ArgumentNullException(nameof(folder)));
}
