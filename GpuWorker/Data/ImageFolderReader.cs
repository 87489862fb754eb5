using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data;

/// <summary>
/// Class folders of image files, understood as the Orchestrator does at a launch: see <see cref="ImageFolder"/>. Classes are in the order of their names
/// (ordinal), as torchvision's ImageFolder has them.
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
        string[] files = [.. read.Training.Files, .. read.Validation?.Files ?? [], .. read.Test?.Files ?? []];
        return new DatasetContents(
            read.Classes,
            Source(read.Training),
            read.Validation is { } validation ? Source(validation) : null,
            read.Test is { } test ? Source(test) : null,
            FileFingerprint.Of(root, files, read.ReadOtherwiseBefore),
            read.Reading);
    }

    private static ImageFileSource Source(ImageFolderSplit split) => new(split.Files, split.Labels);
}
