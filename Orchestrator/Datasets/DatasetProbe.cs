using System.Globalization;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Datasets;

/// <summary>Inspects the data set of a sweep before anything is stored.</summary>
public sealed class DatasetProbe(AllowedFolders allowed)
{
    /// <summary>What makes training on the data set impossible; null when nothing does.</summary>
    public string? WhyUnusable(DatasetSpec dataset, CancellationToken cancellationToken = default) => Probe(dataset, cancellationToken).Problem;

    /// <summary>Reads class folders as workers do, without decoding images.</summary>
    public ProbedDataset Probe(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        if (dataset.Path is not { } path || WhyUnreachable(dataset) is not null)
        {
            return new ProbedDataset(WhyUnreachable(dataset));
        }

        ProbedDataset? probed = null;
        string? problem = Guard(path, () => (probed = Probe(dataset, path, cancellationToken)).Problem);
        return probed ?? new ProbedDataset(problem);
    }

    /// <summary>What keeps workers from reading the folder, without inspecting its contents; null when nothing does.</summary>
    public string? WhyUnreachable(DatasetSpec dataset) => dataset.Path is { } path ? Guard(path, () => WhyUnreachable(path)) : null;

    /// <summary>
    /// Identifies the content: name and size for built-in data sets, the published hashes for those that workers download. For folders, a digest over
    /// the relative path, length and modification time of every file that is not hidden; the same files elsewhere give the same fingerprint.
    /// </summary>
    /// <param name="read">The class folders, if they have already been read.</param>
    /// <returns>The fingerprint, and what workers compare before they train; null for data sets without a path.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be listed.</exception>
    /// <exception cref="ImageFolderException">It is not a folder of class folders.</exception>
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

    private static string? Guard(string path, Func<string?> probe)
    {
        try
        {
            return probe();
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

    private static ProbedDataset Probe(DatasetSpec dataset, string path, CancellationToken cancellationToken)
    {
        try
        {
            return dataset.Name == DatasetFiles.ClassFolders
                ? new ProbedDataset(null, ImageFolder.Read(path, cancellationToken))
                : DatasetCatalog.Find(dataset.Name) is { Download: { } download } info ? PublishedFiles.Probe(info, download, path, cancellationToken) : new ProbedDataset(null);
        }
        catch (ImageFolderException exception)
        {
            return new ProbedDataset(exception.Message);
        }
    }
}
