using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>
/// Class folders of image files, interpreted as by the Orchestrator at launch: see <see cref="ImageFolder"/>. Classes are ordered by name
/// (ordinal), as in torchvision's ImageFolder.
/// </summary>
public sealed class ImageFolderReader : IDatasetReader
{
    public DatasetContents Open(string? folder)
    {
        string root = folder ?? throw new ArgumentNullException(nameof(folder));
        try
        {
            return Show(root, ImageFolder.Read(root, CancellationToken.None));
        }
        catch (ImageFolderException exception)
        {
            throw DatasetErrors.Bad(exception.Message, exception);
        }
    }

    private static DatasetContents Show(string root, ImageFolder read)
    {
        var files = DatasetFiles.Of(root, read);
        IReadOnlyDictionary<string, (long, long)> stamps = files.Used.Stamps();
        return new DatasetContents(
            read.Classes,
            Source(read.Training, stamps),
            read.Validation is { } validation ? Source(validation, stamps) : null,
            read.Test is { } test ? Source(test, stamps) : null,
            files.Stamp,
            read.Reading)
        {
            Files = files,
        };
    }

    private static ImageFileSource Source(ImageFolderSplit split, IReadOnlyDictionary<string, (long, long)> stamps) =>
        new(split.Files, split.Labels, [.. split.Files.Select(file => stamps[file])]);
}
