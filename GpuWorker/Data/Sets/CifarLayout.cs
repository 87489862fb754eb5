using System.Collections.Immutable;
using Experiments.Contracts.Catalog;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>The differences between the binary versions of CIFAR-10 and CIFAR-100 (A. Krizhevsky, 2009).</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Folder">The folder of the files in the published archive.</param>
/// <param name="LabelBytes">Bytes in front of the pixels of a record; the last of them is the class.</param>
internal sealed record CifarLayout(
    string Name, string Folder, int LabelBytes, ImmutableArray<string> Classes, ImmutableArray<string> TrainingFiles, string TestFile)
{
    public const int Side = 32;
    public const int PixelBytes = 3 * Side * Side;

    /// <summary>CIFAR-10: 10 classes, six files.</summary>
    public static CifarLayout Cifar10 { get; } = new(
        "CIFAR-10",
        "cifar-10-batches-bin",
        LabelBytes: 1,
        [.. PublishedClasses.Cifar10],
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")],
        "test_batch.bin");

    /// <summary>CIFAR-100: 100 classes, two files. Before the label comes that of the superclass.</summary>
    public static CifarLayout Cifar100 { get; } = new(
        "CIFAR-100", "cifar-100-binary", LabelBytes: 2, [.. PublishedClasses.Cifar100], ["train.bin"], "test.bin");

    public int RecordBytes => LabelBytes + PixelBytes;

    public ImmutableArray<string> Files => TrainingFiles.Add(TestFile);
}
