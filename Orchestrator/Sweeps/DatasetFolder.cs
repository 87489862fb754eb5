using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Looks at the data set of a sweep before anything is stored.</summary>
public sealed class DatasetFolder(AllowedFolders allowed)
{
    private const string ClassFolders = "imagefolder";

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
    /// <exception cref="IOException">A file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be looked into.</exception>
    /// <exception cref="ImageFolderException">It is no folder of class folders.</exception>
    public static string FingerprintOf(DatasetSpec dataset, CancellationToken cancellationToken, ImageFolder? read = null)
    {
        if (dataset.Path is not { } root)
        {
            DatasetInfo? info = DatasetCatalog.Find(dataset.Name);
            return info?.Download?.Fingerprint ?? string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}:{info?.Images}");
        }

        if (dataset.Name != ClassFolders)
        {
            return DigestOf(root, ImageFolder.ListFiles(root, cancellationToken), [], cancellationToken);
        }

        read ??= ImageFolder.Read(root, cancellationToken);
        return DigestOf(root, read.AllFiles, read.ReadOtherwiseBefore, cancellationToken);
    }

    /// <param name="meanings">What belongs to the meaning of the files besides their names.</param>
    private static string DigestOf(string root, IReadOnlyList<string> files, IReadOnlyList<string> meanings, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        foreach ((string path, string name) in files.Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), file)).OrderBy(file => file.Item1, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long length, long changed) = LinkedFile.Stamp(name);
            BinaryPrimitives.WriteInt64LittleEndian(numbers, length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], changed);
            digest.AppendData(Encoding.UTF8.GetBytes(path + "\0"));
            digest.AppendData(numbers);
        }

        foreach (string meaning in meanings)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(meaning + "\0"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
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
            return dataset.Name == ClassFolders
                ? new DatasetLook(null, ImageFolder.Read(path, cancellationToken))
                : DatasetCatalog.Find(dataset.Name) is { Download: { } download } info ? PublishedFiles.Look(info, download, path, cancellationToken) : new DatasetLook(null);
        }
        catch (ImageFolderException exception)
        {
            return new DatasetLook(exception.Message);
        }
    }
}
