using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>
/// The named tensors of a <c>.pth</c> or <c>.pt</c> file (https://pytorch.org/docs/stable/notes/serialization.html). Opening reads the structure; the numbers of a tensor
/// are read on demand. Nothing in the file is executed.
/// </summary>
internal sealed class TorchFile : IStoredWeights
{
    private readonly ITorchStorages _storages;

    private TorchFile(ITorchStorages storages)
    {
        _storages = storages;
        StateDicts = [.. StateDictionary.FindAll(storages.Root).Select(dictionary => new StateDict(this, dictionary))];
    }

    public IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>();

    public IReadOnlyList<IStateDict> StateDicts { get; }

    /// <exception cref="TorchFileException">It is not such a file, is damaged, or contains more than tensors and plain values.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TorchFile Open(string path) => Guard(() =>
    {
        FileStream file = RegularFile.OpenRead(path, message => new TorchFileException(message));
        ITorchStorages? storages = null;
        try
        {
            storages = TorchFormat.Open(file);
            return new TorchFile(storages);
        }
        catch
        {
            storages?.Dispose();
            file.Dispose();
            throw;
        }
    });

    public void Dispose() => _storages.Dispose();

    private Tensor Read(StoredTensor stored) => Guard(() =>
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor elements = ReadElements(stored);
        Tensor tensor = stored.IsContiguous
            ? elements.view(stored.Shape)
            : elements.as_strided(stored.Shape, stored.Stride, 0).contiguous();
        return tensor.DetachFromDisposeScope();
    });

    /// <summary>The part of the storage that the tensor needs: [span].</summary>
    private Tensor ReadElements(StoredTensor stored)
    {
        TorchType type = stored.Storage.Type;
        if ((Int128)stored.Span * type.Bytes > int.MaxValue)
        {
            throw new TorchFileException($"a tensor of {stored.Span:N0} elements is larger than the 2 GB that can be read");
        }

        // A Python bool is 0 or 1; in a damaged file it may be anything.
        bool isBool = type.Type == ScalarType.Bool;
        Tensor elements = empty([stored.Span], isBool ? ScalarType.Byte : type.Type);
        if (stored.Span > 0)
        {
            using Stream stream = _storages.Open(stored.Storage);
            Skip(stream, stored.Offset * type.Bytes);
            Span<byte> bytes = elements.bytes;
            stream.ReadExactly(bytes);
            if (_storages.IsBigEndian)
            {
                Reverse(bytes, type.Bytes);
            }
        }

        return isBool ? elements.to_type(ScalarType.Bool) : elements;
    }

    private static void Skip(Stream stream, long bytes)
    {
        if (stream.CanSeek)
        {
            stream.Seek(bytes, SeekOrigin.Current);
            return;
        }

        byte[] dropped = new byte[1 << 16];
        for (long left = bytes; left > 0; left -= Math.Min(left, dropped.Length))
        {
            stream.ReadExactly(dropped.AsSpan(0, (int)Math.Min(left, dropped.Length)));
        }
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        for (int start = 0; size > 1 && start < bytes.Length; start += size)
        {
            bytes.Slice(start, size).Reverse();
        }
    }

    /// <summary>Converts the exceptions of reading a damaged archive.</summary>
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new TorchFileException($"it is damaged: {e.Message}", e);
        }
    }

    /// <summary>One of the dictionaries; reading a tensor of it throws a <see cref="TorchFileException"/> if the file is damaged.</summary>
    private sealed class StateDict(TorchFile file, StateDictionary dictionary) : IStateDict
    {
        public string Container => dictionary.Container;

        public IReadOnlyDictionary<string, string> Texts => ClassTexts.In(dictionary.Around);

        public IEnumerable<string> Names => dictionary.Tensors.Keys;

        public long[] ShapeOf(string name) => dictionary.Tensors[name].Shape;

        public Tensor Read(string name) => file.Read(dictionary.Tensors[name]);
    }
}
