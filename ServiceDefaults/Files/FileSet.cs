using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Runs;

namespace Experiments.ServiceDefaults.Files;

/// <summary>Some files of a folder as they were when they were looked at: name in the folder, size and time of change, of what links lead to.</summary>
public sealed class FileSet
{
    private readonly Entry[] _files;

    private FileSet(Entry[] files) => _files = files;

    public int Count => _files.Length;

    /// <summary>Looks at the files, without reading them; one that is gone counts as missing.</summary>
    /// <param name="root">What their names are relative to.</param>
    /// <param name="files">Full paths, in any order.</param>
    public static FileSet Look(string root, IEnumerable<string> files, CancellationToken cancellationToken = default)
    {
        var entries = new List<Entry>();
        foreach (string path in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long length, long changed) = LinkedFile.Stamp(path);
            entries.Add(new Entry(Path.GetRelativePath(root, path).Replace('\\', '/'), path, length, changed));
        }

        return new FileSet([.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Looks at a single file.</summary>
    public static FileSet Look(string file) => Look(Path.GetDirectoryName(Path.GetFullPath(file))!, [file]);

    /// <summary>Some of the files, as they were when they were looked at.</summary>
    public FileSet Only(IEnumerable<string> paths)
    {
        var chosen = paths.ToHashSet();
        return new FileSet([.. _files.Where(file => chosen.Contains(file.Path))]);
    }

    /// <summary>A digest of names, sizes and times of change.</summary>
    /// <param name="meanings">What belongs to the meaning of the files besides their names.</param>
    public string Stamp(IReadOnlyList<string> meanings) => Digest(meanings, withTimes: true);

    public SeenFiles Describe(IReadOnlyList<string> meanings) => new(
        Stamp(meanings),
        Digest(meanings, withTimes: false),
        Count,
        _files.Sum(file => Math.Max(file.Length, 0)),
        _files.Select(file => file.Changed).DefaultIfEmpty().Max());

    /// <summary>The names of files that changed after a time.</summary>
    /// <param name="time">In ticks (UTC).</param>
    public IReadOnlyList<string> ChangedAfter(long time) => [.. _files.Where(file => file.Changed > time).Select(file => file.Name)];

    /// <summary>Size and time of change by path, as they were when the files were looked at.</summary>
    public IReadOnlyDictionary<string, (long Length, long Changed)> Stamps() => _files.ToDictionary(file => file.Path, file => (file.Length, file.Changed));

    /// <summary>Reads all files.</summary>
    /// <returns>A digest of their names and contents.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public string ReadContent(CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Entry file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.AppendData(Encoding.UTF8.GetBytes(file.Name + "\0"));
            using FileStream content = File.OpenRead(file.Path);
            digest.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>Keys of stored runs were made of this digest: it must stay as it is.</summary>
    private string Digest(IReadOnlyList<string> meanings, bool withTimes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        foreach (Entry file in _files)
        {
            BinaryPrimitives.WriteInt64LittleEndian(numbers, file.Length);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], withTimes ? file.Changed : 0);
            digest.AppendData(Encoding.UTF8.GetBytes(file.Name + "\0"));
            digest.AppendData(numbers);
        }

        foreach (string meaning in meanings)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(meaning + "\0"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private readonly record struct Entry(string Name, string Path, long Length, long Changed);
}
