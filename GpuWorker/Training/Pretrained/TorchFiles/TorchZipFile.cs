using System.IO.Compression;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>
/// A file of torch.save since PyTorch 1.6: an uncompressed zip archive with a pickle <c>NAME/data.pkl</c> and the storages <c>NAME/data/KEY</c>.
/// Nothing is unpacked to disk.
/// </summary>
internal sealed class TorchZipFile : ITorchStorages
{
    private const string PickleName = "data.pkl";

    private readonly long _length;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly string _prefix;

    /// <param name="file">Disposed with this.</param>
    public TorchZipFile(FileStream file)
    {
        _length = file.Length;
        _archive = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            Check(entry);
        }

        string[] pickles = [.. _entries.Keys.Where(name => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..] == PickleName)];
        _prefix = pickles is [string only] ? only[..^PickleName.Length] : throw new TorchFileException($"it is a zip archive with {pickles.Length} {PickleName}; a file of torch.save has one");
        IsBigEndian = ReadByteOrder();
        using Stream pickle = _entries[pickles[0]].Open();
        Root = new PickleReader(new PickleInput(pickle), StorageReferences.Read).Read();
    }

    public object? Root { get; }

    public bool IsBigEndian { get; }

    public Stream Open(StoredStorage storage)
    {
        if (!_entries.TryGetValue($"{_prefix}data/{storage.Key}", out ZipArchiveEntry? entry))
        {
            throw new TorchFileException($"it has no storage \"{storage.Key}\"");
        }

        return (Int128)storage.Elements * storage.Type.Bytes == entry.Length
            ? entry.Open()
            : throw new TorchFileException($"storage \"{storage.Key}\" has {entry.Length} bytes; {storage.Elements} elements of {storage.Type.Bytes} bytes were expected");
    }

    public void Dispose() => _archive.Dispose();

    private void Check(ZipArchiveEntry entry)
    {
        string name = entry.FullName;
        if (name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Split('/').Contains(".."))
        {
            throw new TorchFileException($"its entry \"{name}\" leads out of the archive");
        }

        if (entry.CompressedLength != entry.Length || entry.Length > _length)
        {
            throw new TorchFileException($"its entry \"{name}\" is compressed or damaged; torch.save compresses nothing");
        }

        if (!_entries.TryAdd(name, entry))
        {
            throw new TorchFileException($"its entry \"{name}\" occurs twice");
        }
    }

    private bool ReadByteOrder()
    {
        if (!_entries.TryGetValue($"{_prefix}byteorder", out ZipArchiveEntry? entry))
        {
            return false;
        }

        using var reader = new StreamReader(entry.Open());
        char[] text = new char[16];
        string order = new(text, 0, reader.ReadBlock(text));
        return order switch
        {
            "little" => false,
            "big" => true,
            _ => throw new TorchFileException($"its byte order is \"{order}\"; allowed: little, big"),
        };
    }
}
