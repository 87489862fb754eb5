using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Files;

namespace Experiments.ServiceDefaults.Datasets;

/// <summary>The files of a data set that a path names, from which the Orchestrator and workers detect changes.</summary>
/// <param name="Used">The files that training reads.</param>
/// <param name="Meanings">Rules of interpretation that belong to the digest besides the names of the files.</param>
public sealed record DatasetFiles(FileSet Used, IReadOnlyList<string> Meanings)
{
    /// <summary>The name of the data set for a user's own class folders.</summary>
    public const string ClassFolders = "imagefolder";

    /// <summary>A digest of names, sizes and modification times.</summary>
    public string Stamp => Used.Stamp(Meanings);

    /// <summary>What the files looked like when they were listed, without having been read.</summary>
    public SeenFiles Seen => Used.Describe(Meanings);

    /// <summary>Lists the files of class folders that have been read.</summary>
    /// <param name="root">The folder.</param>
    public static DatasetFiles Of(string root, ImageFolder read, CancellationToken cancellationToken = default) =>
        new(FileSet.Look(root, read.UsedFiles, cancellationToken), read.ReadOtherwiseBefore);

    /// <summary>Lists the files of the folder without opening them.</summary>
    /// <param name="name">The data set's.</param>
    /// <param name="root">The folder.</param>
    /// <param name="read">The class folders, where they have been read already.</param>
    /// <returns>The files, and the folder's identity in the keys of runs, which includes files that no training reads.</returns>
    /// <exception cref="IOException">A file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be looked into.</exception>
    /// <exception cref="ImageFolderException">It is not a folder of class folders.</exception>
    public static (DatasetFiles Files, string Fingerprint) Look(string name, string root, CancellationToken cancellationToken, ImageFolder? read = null)
    {
        if (name != ClassFolders)
        {
            // In this order, a change between the two listings fails runs instead of training them on files that their key does not cover.
            DatasetFiles published = OfPublished(name, root, read, cancellationToken);
            return (published, FileSet.Look(root, ImageFolder.ListFiles(root, cancellationToken), cancellationToken).Stamp([]));
        }

        read ??= ImageFolder.Read(root, cancellationToken);
        var all = FileSet.Look(root, read.AllFiles, cancellationToken);
        return (new DatasetFiles(all.Only(read.UsedFiles), read.ReadOtherwiseBefore), all.Stamp(read.ReadOtherwiseBefore));
    }

    private static DatasetFiles OfPublished(string name, string root, ImageFolder? read, CancellationToken cancellationToken) =>
        PublishedLayout.FindFiles(name, root) is { } files ? new DatasetFiles(FileSet.Look(root, files, cancellationToken), [])
        : ImageFolder.HasSplits(root) ? Of(root, read ?? ImageFolder.Read(root, cancellationToken), cancellationToken)
        : new DatasetFiles(FileSet.Look(root, ImageFolder.ListFiles(root, cancellationToken), cancellationToken), []);
}
