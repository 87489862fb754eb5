using System.Buffers.Binary;
using System.Numerics;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>
/// A file of torch.save before PyTorch 1.6, such as several of torchvision's published weights: four pickles (magic number, format version,
/// machine information, object), the storage keys as a fifth, then each storage: its number of elements and the elements.
/// </summary>
internal sealed class TorchLegacyFile : ITorchStorages
{
    private const int Version = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly FileStream _file;
    private readonly Dictionary<string, StoredStorage> _storages = [];
    private readonly Dictionary<string, long> _places = [];

    /// <param name="file">The file, positioned at its beginning; disposed with this object.</param>
    public TorchLegacyFile(FileStream file)
    {
        _file = file;
        if (ReadPickle() is not BigInteger magic || magic != Magic)
        {
            throw new TorchFileException("it does not start like a file of torch.save");
        }

        if (ReadPickle() is not (long)Version)
        {
            throw new TorchFileException($"its format version is not {Version}, the only supported one");
        }

        // Skips the machine information: storages are always little-endian.
        ReadPickle();
        Root = ReadPickle();
        FindStorages(ReadPickle() as List<object?> ?? throw PickleStack.Damaged("no list of storages"));
    }

    public object? Root { get; }

    public bool IsBigEndian => false;

    public Stream Open(StoredStorage storage)
    {
        long place = _places.TryGetValue(storage.Key, out long found) ? found : throw new TorchFileException($"it has no storage \"{storage.Key}\"");
        _file.Position = place;
        return new Uncloseable(_file);
    }

    public void Dispose() => _file.Dispose();

    private object? ReadPickle() => new PickleReader(new PickleInput(_file), Register).Read();

    private StoredStorage Register(PickleTuple reference)
    {
        StoredStorage storage = StorageReferences.Read(reference);
        return _storages.TryAdd(storage.Key, storage) || _storages[storage.Key] == storage
            ? storage
            : throw new TorchFileException($"storage \"{storage.Key}\" has two contradictory descriptions");
    }

    private void FindStorages(List<object?> keys)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? key in keys)
        {
            if (key is not string name || !_storages.TryGetValue(name, out StoredStorage? storage))
            {
                throw new TorchFileException($"it has a storage \"{key as string}\" that no tensor uses");
            }

            _file.ReadExactly(count);
            long elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            Int128 end = _file.Position + ((Int128)storage.Elements * storage.Type.Bytes);
            if (elements != storage.Elements || end > _file.Length)
            {
                throw new TorchFileException($"storage \"{name}\" of {storage.Elements} elements is cut short or damaged");
            }

            _places[name] = _file.Position;
            _file.Position = (long)end;
        }
    }

    /// <summary>Keeps the reader of one pickle from closing the file, which contains several.</summary>
    private sealed class Uncloseable(Stream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => stream.Length;

        public override long Position
        {
            get => stream.Position;
            set => stream.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => stream.Read(buffer);

        public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
