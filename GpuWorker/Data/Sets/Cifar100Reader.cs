using System.Collections.Immutable;
using Experiments.Contracts.Catalog;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>CIFAR-100: 100 (fine) classes, two binary files. The coarse labels in them are not used.</summary>
public sealed class Cifar100Reader : IDatasetReader
{
    /// <summary>In the order of the labels, which is alphabetical.</summary>
    public static ImmutableArray<string> Classes { get; } = [.. PublishedClasses.Cifar100];

    private static readonly CifarLayout Layout = new("CIFAR-100", "cifar-100-binary", LabelBytes: 2, Classes, ["train.bin"], "test.bin");

    public DatasetContents Open(string? folder) => CifarFolder.Open(Layout, folder ?? throw new ArgumentNullException(nameof(folder)));
}
