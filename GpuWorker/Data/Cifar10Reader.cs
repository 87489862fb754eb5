using System.Collections.Immutable;

namespace Experiments.GpuWorker.Data;

/// <summary>
/// CIFAR-10 (A. Krizhevsky, 2009): the six files of its binary version, or class folders <c>train/&lt;class&gt;</c> and
/// <c>test/&lt;class&gt;</c> of image files.
/// </summary>
public sealed class Cifar10Reader : IDatasetReader
{
    /// <summary>In the order of the labels, which is that of the alphabet.</summary>
    public static ImmutableArray<string> Classes { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly ImmutableArray<string> TrainingFiles =
        [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    private const string TestFile = "test_batch.bin";

    public DatasetContents Open(string? folder)
    {
        string root = folder ?? throw new ArgumentNullException(nameof(folder));
        ImmutableArray<string> binaries = [.. TrainingFiles.Add(TestFile).Where(name => File.Exists(Path.Combine(root, name)))];
        if (binaries.Length > 0)
        {
            return OpenBinary(root);
        }

        if (Directory.Exists(Path.Combine(root, "train")) && Directory.Exists(Path.Combine(root, "test")))
        {
            return OpenClassFolders(root);
        }

        throw DatasetErrors.Bad(
            $"no CIFAR-10 in \"{root}\": expected {string.Join(", ", TrainingFiles)} and {TestFile}, or class folders train/<class> and test/<class>");
    }

    private static DatasetContents OpenBinary(string root)
    {
        ImmutableArray<string> missing = [.. TrainingFiles.Add(TestFile).Where(name => !File.Exists(Path.Combine(root, name)))];
        if (missing.Length > 0)
        {
            throw DatasetErrors.Bad($"\"{root}\" holds only a part of CIFAR-10: {string.Join(", ", missing)} is missing");
        }

        string[] training = [.. TrainingFiles.Select(name => Path.Combine(root, name))];
        string[] test = [Path.Combine(root, TestFile)];
        return new DatasetContents(
            Classes,
            new Cifar10BinarySource(training),
            Validation: null,
            new Cifar10BinarySource(test),
            FileFingerprint.Of(root, [.. training, .. test]));
    }

    private static DatasetContents OpenClassFolders(string root)
    {
        DatasetContents contents = new ImageFolderReader().Open(root);
        return contents.Classes.SequenceEqual(Classes)
            ? contents
            : throw DatasetErrors.Bad(
                $"the class folders in \"{Path.Combine(root, "train")}\" are not those of CIFAR-10: {string.Join(", ", contents.Classes)}; expected {string.Join(", ", Classes)}");
    }
}
