namespace Experiments.GpuWorker.Data;

/// <summary>
/// Class folders of image files: <c>&lt;class&gt;/…</c>, split by the run's seed, or <c>train/&lt;class&gt;/…</c> with
/// optional <c>val</c> (or <c>valid</c>, <c>validation</c>) and <c>test</c> beside it. Classes are in the order of their names
/// (ordinal), as torchvision's ImageFolder has them.
/// </summary>
public sealed class ImageFolderReader : IDatasetReader
{
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];

    public DatasetContents Open(string? folder)
    {
        string root = folder ?? throw new ArgumentNullException(nameof(folder));
        string train = Path.Combine(root, "train");
        return Directory.Exists(train) ? OpenSplits(root, train) : OpenWhole(root);
    }

    private static DatasetContents OpenWhole(string root)
    {
        IReadOnlyList<string> classes = ClassFolders.ClassesOf(root);
        ImageFileSource images = ClassFolders.Read(root, classes);
        return new DatasetContents(classes, images, null, null, FileFingerprint.Of(root, images.Files));
    }

    private static DatasetContents OpenSplits(string root, string train)
    {
        IReadOnlyList<string> classes = ClassFolders.ClassesOf(train);
        ImageFileSource training = ClassFolders.Read(train, classes);
        ImageFileSource? validation = ReadSplit(root, ValidationNames, classes);
        ImageFileSource? test = ReadSplit(root, ["test"], classes);
        string[] files = [.. training.Files, .. validation?.Files ?? [], .. test?.Files ?? []];
        return new DatasetContents(classes, training, validation, test, FileFingerprint.Of(root, files));
    }

    private static ImageFileSource? ReadSplit(string root, string[] names, IReadOnlyList<string> classes)
    {
        string[] folders = [.. names.Select(name => Path.Combine(root, name)).Where(Directory.Exists)];
        return folders switch
        {
            [] => null,
            [var folder] => ClassFolders.Read(folder, classes),
            _ => throw DatasetErrors.Bad($"\"{root}\" has more than one folder of validation images: {string.Join(", ", folders)}"),
        };
    }
}
