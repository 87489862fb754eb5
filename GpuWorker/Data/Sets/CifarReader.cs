using System.Collections.Immutable;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Opens CIFAR-10 or CIFAR-100: the files of its binary version, or class folders <c>train/&lt;class&gt;</c> and <c>test/&lt;class&gt;</c> of image files.</summary>
internal sealed class CifarReader(CifarLayout layout) : IDatasetReader
{
    /// <param name="folder">The folder with the files, or with the published archive's folder.</param>
    /// <exception cref="TrainingException">The files are invalid (kind Data).</exception>
    public DatasetContents Open(string? folder)
    {
        string root = folder ?? throw new ArgumentNullException(nameof(folder));
        if (PublishedLayout.MemberFolder(root, layout.Folder, layout.Files) is { } binary)
        {
            return OpenBinary(binary);
        }

        return ImageFolder.HasSplits(root)
            ? OpenClassFolders(root)
            : throw DatasetErrors.Bad(
                $"no {layout.Name} in \"{root}\": expected {string.Join(", ", layout.TrainingFiles)} and {layout.TestFile}, or class folders train/<class> and test/<class>");
    }

    private DatasetContents OpenBinary(string root)
    {
        ImmutableArray<string> missing = [.. layout.Files.Where(name => !File.Exists(Path.Combine(root, name)))];
        if (missing.Length > 0)
        {
            throw DatasetErrors.Bad($"\"{root}\" holds only a part of {layout.Name}: {string.Join(", ", missing)} is missing");
        }

        string[] training = [.. layout.TrainingFiles.Select(name => Path.Combine(root, name))];
        string[] test = [Path.Combine(root, layout.TestFile)];
        return new DatasetContents(
            layout.Classes,
            new CifarBinarySource(layout, training),
            Validation: null,
            new CifarBinarySource(layout, test),
            FileSet.Look(root, [.. training, .. test]).Stamp([]));
    }

    private DatasetContents OpenClassFolders(string root)
    {
        DatasetContents contents = new ImageFolderReader().Open(root);
        return PublishedClassFolders.DescribeMismatch(root, layout.Name, layout.Classes, contents.Classes, contents.Test is not null) is { } problem
            ? throw DatasetErrors.Bad(problem)
            : contents;
    }
}
