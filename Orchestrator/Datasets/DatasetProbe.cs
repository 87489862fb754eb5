using System.Globalization;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Datasets;

/// <summary>Looks at the data set of a sweep before anything is stored.</summary>
public sealed class DatasetProbe(AllowedFolders allowed)
{
    /// <summary>What makes it impossible to train on the data set; null when nothing does.</summary>
    public string? WhyUnusable(DatasetSpec dataset, CancellationToken cancellationToken = default) => Look(dataset, cancellationToken).Problem;

    /// <summary>Reads class folders as workers do, without decoding an image.</summary>
    public DatasetLook Look(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        if (dataset.Path is not { } path || WhyUnreachable(dataset) is not null)
        {
            return new DatasetLook(WhyUnreachable(dataset));
        }

        DatasetLook? look = null;
        string? problem = Guard(path, () => (look = Look(dataset, path, cancellationToken)).Problem);
        return look ?? new DatasetLook(problem);
    }

    /// <summary>What keeps workers from the folder, without a look into it; null when nothing does.</summary>
    public string? WhyUnreachable(DatasetSpec dataset) => dataset.Path is { } path ? Guard(path, () => WhyUnreachable(path)) : null;

    /// <summary>
    /// Identifies the content: name and size for built-in data sets, the published hashes for those that workers download, otherwise a digest over the
    /// path in the folder, the length and the time of change of every file that is not hidden. The same files elsewhere give the same fingerprint.
    /// </summary>
    /// <param name="read">The class folders, where they have been read already.</param>
    /// <returns>The fingerprint, and what workers compare before they train; null for files that no path names.</returns>
    /// <exception cref="IOException">A file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be looked into.</exception>
    /// <exception cref="ImageFolderException">It is no folder of class folders.</exception>
    public static (string Fingerprint, SeenFiles? Seen) Identify(DatasetSpec dataset, CancellationToken cancellationToken, ImageFolder? read = null)
    {
        if (dataset.Path is not { } root)
        {
            DatasetInfo? info = DatasetCatalog.Find(dataset.Name);
            return (info?.Download?.Fingerprint ?? string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}:{info?.Images}"), null);
        }

        (DatasetFiles files, string fingerprint) = DatasetFiles.Look(dataset.Name, root, cancellationToken, read);
        return (fingerprint, files.Seen);
    }

    private static string? Guard(string path, Func<string?> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"\"{path}\" cannot be read: {exception.Message}";
        }
    }

    private string? WhyUnreachable(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            return $"a relative path: \"{path}\"; allowed: the full path of a folder, as the Orchestrator and all workers see it, such as /data/flowers. "
                + "Only Standalone takes a path as relative, to the folder of its sweep file";
        }

        return !allowed.Contain(path) ? $"\"{path}\" is outside of the folders for data sets; allowed: {string.Join(", ", allowed.Roots)}"
            : !Directory.Exists(path) ? $"no such folder: \"{path}\"; allowed: a folder that exists where the Orchestrator runs"
            : !Directory.EnumerateFileSystemEntries(path).Any() ? $"the folder is empty: \"{path}\"; allowed: a folder with images"
            : null;
    }

    private static DatasetLook Look(DatasetSpec dataset, string path, CancellationToken cancellationToken)
    {
        try
        {
            return dataset.Name == DatasetFiles.ClassFolders
                ? new DatasetLook(null, ImageFolder.Read(path, cancellationToken))
                : DatasetCatalog.Find(dataset.Name) is { Download: { } download } info ? PublishedFiles.Look(info, download, path, cancellationToken) : new DatasetLook(null);
        }
        catch (ImageFolderException exception)
        {
            return new DatasetLook(exception.Message);
        }
    }
}
