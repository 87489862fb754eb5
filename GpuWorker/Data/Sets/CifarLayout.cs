using System.Collections.Immutable;

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

    public int RecordBytes => LabelBytes + PixelBytes;

    public ImmutableArray<string> Files => TrainingFiles.Add(TestFile);
}
