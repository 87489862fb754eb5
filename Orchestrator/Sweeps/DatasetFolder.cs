using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Looks at the data set of a sweep before anything is stored.</summary>
public sealed class DatasetFolder(AllowedFolders allowed)
{
    /// <summary>What makes it impossible to train on the data set, as far as that is cheap to see; null when nothing does.</summary>
    public string? WhyUnusable(DatasetSpec dataset)
    {
        if (dataset.Path is not { } path)
        {
            return null;
        }

        try
        {
            if (!allowed.Contain(path))
            {
                return $"\"{path}\" is outside of the folders for data sets; allowed: {string.Join(", ", allowed.Roots)}";
            }

            if (!Directory.Exists(path))
            {
                return $"no such folder: \"{path}\"; allowed: a folder that exists where the Orchestrator runs";
            }

            return WhyEmpty(dataset, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"\"{path}\" cannot be read: {exception.Message}";
        }
    }

    /// <summary>
    /// Identifies the content: name and size for built-in data sets, the published hashes for those that workers download, otherwise a digest over the
    /// path in the folder, the length and the time of change of every file. The same files elsewhere give the same fingerprint.
    /// </summary>
    /// <exception cref="IOException">A file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be looked into.</exception>
    public static string FingerprintOf(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        if (dataset.Path is not { } root)
        {
            DatasetInfo? info = DatasetCatalog.Find(dataset.Name);
            return info?.Download?.Fingerprint ?? string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}:{info?.Images}");
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new DirectoryInfo(root)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file.FullName).Replace('\\', '/'), File: Target(file)))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        foreach ((string path, FileInfo file) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BinaryPrimitives.WriteInt64LittleEndian(numbers, IsMissing(file) ? -1 : file.Length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], file.LastWriteTimeUtc.Ticks);
            digest.AppendData(Encoding.UTF8.GetBytes(path + "\0"));
            digest.AppendData(numbers);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>What a link points at: that is what training reads.</summary>
    private static FileInfo Target(FileInfo file) => file.Attributes.HasFlag(FileAttributes.ReparsePoint)
        ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file
        : file;

    /// <summary>What a link points at may be gone: training names such an image, or leaves it out. A folder here is a link that leads in a circle.</summary>
    private static bool IsMissing(FileInfo file) => !file.Exists && !Directory.Exists(file.FullName);

    private static string? WhyEmpty(DatasetSpec dataset, string path)
    {
        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            return $"the folder is empty: \"{path}\"; allowed: a folder with images";
        }

        if (dataset.Name != "imagefolder")
        {
            return null;
        }

        string train = Path.Combine(path, "train");
        string classes = Directory.Exists(train) ? train : path;
        int count = Directory.EnumerateDirectories(classes).Count(folder => Path.GetFileName(folder)[0] != '.');
        return count < 2
            ? $"\"{classes}\" holds {count} class folder{(count == 1 ? "" : "s")}; allowed: at least 2, one per class"
            : null;
    }
}
