using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Experiments.Contracts.Runs;

namespace Experiments.ServiceDefaults.Files;

/// <summary>A snapshot of some files' metadata: relative name, size and modification time, with links resolved.</summary>
public sealed class FileSet
{
    private const int ReadBytes = 1 << 20;

    private readonly Entry[] _files;

    private FileSet(Entry[] files) => _files = files;

    /// <summary>The number of files.</summary>
    public int Count => _files.Length;

    /// <summary>Reads the metadata of the files without opening them; a deleted file counts as missing.</summary>
    /// <param name="root">The folder that names are relative to.</param>
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

    /// <summary>Reads the metadata of a single file.</summary>
    public static FileSet Look(string file) => Look(Path.GetDirectoryName(Path.GetFullPath(file))!, [file]);

    /// <summary>The snapshot reduced to some of the files.</summary>
    public FileSet Only(IEnumerable<string> paths)
    {
        var chosen = paths.ToHashSet();
        return new FileSet([.. _files.Where(file => chosen.Contains(file.Path))]);
    }

    /// <summary>A digest of names, sizes and modification times.</summary>
    /// <param name="meanings">Rules of interpretation that belong to the digest besides the names of the files.</param>
    public string Stamp(IReadOnlyList<string> meanings) => Digest(meanings, withTimes: true);

    /// <summary>The snapshot in the form that a claim carries.</summary>
    public SeenFiles Describe(IReadOnlyList<string> meanings) => new(
        Stamp(meanings),
        Digest(meanings, withTimes: false),
        Count,
        _files.Sum(file => Math.Max(file.Length, 0)),
        _files.Select(file => file.Changed).DefaultIfEmpty().Max());

    /// <summary>The names of files that changed after a time.</summary>
    /// <param name="time">In ticks (UTC).</param>
    public IReadOnlyList<string> ChangedAfter(long time) => [.. _files.Where(file => file.Changed > time).Select(file => file.Name)];

    /// <summary>Size and modification time by path at the time of the snapshot.</summary>
    public IReadOnlyDictionary<string, (long Length, long Changed)> Stamps() => _files.ToDictionary(file => file.Path, file => (file.Length, file.Changed));

    /// <summary>
    /// Reads all files, each up to its length in the snapshot. Files without a length are not opened: they may be pipes or devices, and reading those may
    /// never end.
    /// </summary>
    /// <returns>A digest of their names and contents.</returns>
    /// <exception cref="IOException">A file cannot be read, or has changed since the snapshot.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public string ReadContent(CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Entry file in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            digest.AppendData(Encoding.UTF8.GetBytes(file.Name + "\0"));
            digest.AppendData(ReadContent(file, cancellationToken));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static byte[] ReadContent(Entry file, CancellationToken cancellationToken)
    {
        // Checked again, so that a pipe that replaced a file is not opened either.
        if (LinkedFile.Stamp(file.Path) != (file.Length, file.Changed))
        {
            throw new IOException($"\"{file.Path}\" has changed since it was looked at");
        }

        return file.Length == 0 ? SHA256.HashData([]) : ReadBeginning(file.Path, file.Length, cancellationToken);
    }

    private static byte[] ReadBeginning(string path, long length, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream content = File.OpenRead(path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            for (long left = length; left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = content.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0)
                {
                    break;
                }

                digest.AppendData(buffer, 0, read);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return digest.GetHashAndReset();
    }

    /// <summary>Keys of stored runs contain this digest: it must not change.</summary>
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
