using System.Globalization;
using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>Writes files as torch.save does (a zip archive with a pickle of protocol 2): dictionaries and lists of float32 tensors, texts, numbers and None.</summary>
internal sealed class TorchFileWriter : IDisposable
{
    private readonly MemoryStream _pickle = new();
    private readonly List<byte[]> _storages = [];

    /// <param name="root">Dictionaries of such dictionaries, tensors, lists, texts, whole numbers, doubles and nulls.</param>
    public static void Save(string path, IReadOnlyDictionary<string, object?> root)
    {
        using var writer = new TorchFileWriter();
        writer.Put("\u0080\u0002");
        writer.Write(root);
        writer.Put(".");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", writer._pickle.ToArray());
        for (int i = 0; i < writer._storages.Count; i++)
        {
            Add(zip, string.Create(CultureInfo.InvariantCulture, $"archive/data/{i}"), writer._storages[i]);
        }
    }

    public void Dispose() => _pickle.Dispose();

    private void Write(object? value)
    {
        switch (value)
        {
            case null: Put("N"); break;
            case string text: WriteText(text); break;
            case double number: WriteNumber(number); break;
            case long number: WriteNumber(number); break;
            case IReadOnlyList<string> texts: WriteList(texts); break;
            case IReadOnlyDictionary<long, string> numbered: WriteNumbered(numbered); break;
            case Tensor tensor: WriteTensor(tensor); break;
            case IReadOnlyDictionary<string, object?> dictionary: WriteDictionary(dictionary); break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    private void WriteList(IReadOnlyList<string> texts)
    {
        Put("](");
        foreach (string text in texts)
        {
            WriteText(text);
        }

        Put("e");
    }

    private void WriteNumbered(IReadOnlyDictionary<long, string> dictionary)
    {
        Put("}(");
        foreach ((long key, string value) in dictionary)
        {
            WriteNumber(key);
            WriteText(value);
        }

        Put("u");
    }

    private void WriteDictionary(IReadOnlyDictionary<string, object?> dictionary)
    {
        Put("}(");
        foreach ((string key, object? value) in dictionary)
        {
            WriteText(key);
            Write(value);
        }

        Put("u");
    }

    private void WriteTensor(Tensor tensor)
    {
        using Tensor content = tensor.detach().to_type(ScalarType.Float32).contiguous();
        Put("ctorch._utils\n_rebuild_tensor_v2\n((");
        WriteText("storage");
        Put("ctorch\nFloatStorage\n");
        WriteText(_storages.Count.ToString(CultureInfo.InvariantCulture));
        WriteText("cpu");
        WriteNumber(content.numel());
        Put("tQ");
        WriteNumber(0L);
        WriteTuple(content.shape);
        WriteTuple(content.stride());
        Put("\u0089)tR");
        _storages.Add(content.bytes.ToArray());
    }

    private void WriteTuple(long[] numbers)
    {
        Put("(");
        Array.ForEach(numbers, WriteNumber);
        Put("t");
    }

    private void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Put("X");
        _pickle.Write(BitConverter.GetBytes(bytes.Length));
        _pickle.Write(bytes);
    }

    private void WriteNumber(long number)
    {
        Put("J");
        _pickle.Write(BitConverter.GetBytes((int)number));
    }

    private void WriteNumber(double number)
    {
        Put("G");
        _pickle.Write([.. BitConverter.GetBytes(number).Reverse()]);
    }

    private void Put(string latin1) => _pickle.Write(Encoding.Latin1.GetBytes(latin1));

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }
}
