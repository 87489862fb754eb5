using System.IO.Compression;
using System.Text;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using Experiments.GpuWorker.Training.Pretrained.TorchFiles;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Files made to harm are refused, with one exception type, and nothing in them runs.</summary>
[Collection(nameof(TrainingTests))]
public sealed class MaliciousFileTests : IDisposable
{
    private const string Float = "ctorch\nFloatStorage\n";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_PicklesThatCallPython_AreRefusedByNameAndNotExecuted()
    {
        PythonReference.Run("torch_files.py", "malicious", _folder.Path);
        string[] files = Directory.GetFiles(_folder.Path, "*.pth");

        Assert.Equal(14, files.Length);
        Assert.All(files, path =>
        {
            string called = Path.GetFileName(path).Split(' ')[0].Replace(".pth", "", StringComparison.Ordinal);
            TorchFileException failure = Assert.Throws<TorchFileException>(() => TorchFile.Open(path));
            string alternative = called.Replace("__builtin__", "builtins", StringComparison.Ordinal);
            Assert.True(
                failure.Message.Contains($"{called} is not allowed", StringComparison.Ordinal)
                || failure.Message.Contains($"{alternative} is not allowed", StringComparison.Ordinal),
                $"{path}: {failure.Message}");
        });
        Assert.False(File.Exists(_folder.File("executed")));
    }

    [Theory]
    [InlineData("K\u0000(K\u0004K\u0004tq\u0001(K\u0004K\u0001tq\u0002", "does not fit its storage of 4 elements")]
    [InlineData("K\u0003K\u0002\u0085K\u0001\u0085", "does not fit its storage")]
    [InlineData("K\u0000K\u0064\u0085K\u0000\u0085", "does not fit its storage")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ffK\u0001\u0085K\u0001\u0085", "does not fit its storage")]
    [InlineData("K\u0000\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085K\u0001\u0085", "does not fit its storage")]
    [InlineData("K\u0000K\u0002\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0086K\u0002K\u0001\u0086", "does not fit its storage")]
    [InlineData("K\u0000K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085", "does not fit its storage")]
    [InlineData("K\u0000K\u0002K\u0002\u0086K\u0001\u0085", "does not fit its storage")]
    [InlineData("K\u0000X\u0001\u0000\u0000\u0000a\u0085K\u0001\u0085", "other arguments than tensors have")]
    public void Open_TensorOutsideOfItsStorage_IsRefused(string offsetSizeStride, string expected) =>
        AssertRefused(Zip(TensorPickle(offsetSizeStride)), expected);

    [Theory]
    [InlineData("\u0080\u0002X\u00ff\u00ff\u00ff\u00ff", "more than 32 MB")]
    [InlineData("\u0080\u0004\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "more than 32 MB")]
    [InlineData("\u0080\u0002\u008b\u00ff\u00ff\u00ff\u007f", "a number of")]
    [InlineData("\u0080\u0002j\u00ff\u00ff\u00ff\u007f", "never stored")]
    [InlineData("\u0080\u0002R", "empty stack")]
    [InlineData("\u0080\u0002t", "a missing mark")]
    [InlineData("\u0080\u0002}(K\u0001t", "cut short")]
    [InlineData("\u0080\u0002}(K\u0001u", "a key without a value")]
    [InlineData("\u0080\u0002]K\u0001b.", "no PickleDictionary")]
    [InlineData("\u0080\u0002K\u0001)R", "no function")]
    [InlineData("\u0080\u0002\u0082\u0001", "operation 0x82")]
    [InlineData("\u0080\u0009N.", "protocol 9")]
    [InlineData("\u0080\u0002N.", "no named tensors")]
    [InlineData("\u0080\u0002X\u0001\u0000\u0000\u0000aQ.", "no PickleTuple")]
    public void Open_DamagedPickle_IsRefused(string pickle, string expected) => AssertRefused(Zip(pickle), expected);

    [Fact]
    public void Open_EndlessPickle_IsRefusedSoon() => AssertRefused(Zip("\u0080\u0002" + new string(']', 3_000_000)), "operations");

    /// <summary>Each dictionary contains the previous one twice: visiting every path would take millions of steps.</summary>
    [Fact]
    public void Open_DictionariesThatShareOneAnother_AreEachVisitedOnce()
    {
        string keys = string.Concat(Enumerable.Range(0, 250).Select(i => $"X\u0001\0\0\0{(char)('!' + (i % 90))}h{{0}}s"));
        string pickle = "\u0080\u0002}q\0" + string.Concat(Enumerable.Range(1, 4).Select(i => $"}}{keys.Replace("{0}", $"{(char)(i - 1)}", StringComparison.Ordinal)}q{(char)i}")) + ".";

        AssertRefused(Zip(pickle), "no named tensors");
    }

    [Fact]
    public void Open_EntryThatLeadsOut_IsRefusedAndNothingIsWritten()
    {
        AssertRefused(Zip("\u0080\u0002}.", ("../../escaped", "x")), "leads out of the archive");
        AssertRefused(Zip("\u0080\u0002}.", ("/tmp/escaped", "x")), "leads out of the archive");
        AssertRefused(Zip("\u0080\u0002}.", ("a\\..\\escaped", "x")), "leads out of the archive");
    }

    [Fact]
    public void Open_CompressedEntry_IsRefusedUnread()
    {
        string path = _folder.File("bomb.pth");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(zip, "archive/data.pkl", TensorPickle("K\u0000K\u0004\u0085K\u0001\u0085"), CompressionLevel.NoCompression);
            Add(zip, "archive/data/0", new string('\0', 50_000_000), CompressionLevel.SmallestSize);
        }

        AssertRefused(path, "is compressed or damaged");
    }

    [Fact]
    public void Open_TwoEntriesOfOneName_AreRefused() => AssertRefused(Zip("\u0080\u0002}.", ("archive/data.pkl", "x")), "occurs twice");

    [Fact]
    public void Read_StorageShorterThanThePickleClaims_IsRefused()
    {
        string pickle = TensorPickle("K\u0000K\u0004\u0085K\u0001\u0085");
        using TorchFile tooShort = TorchFile.Open(Zip(pickle, ("archive/data/0", "123456789")));
        using TorchFile none = TorchFile.Open(Zip(pickle));

        Assert.Contains("has 9 bytes; 4 elements", Assert.Throws<TorchFileException>(() => tooShort.StateDicts[0].Read("a")).Message, StringComparison.Ordinal);
        Assert.Contains("has no storage \"0\"", Assert.Throws<TorchFileException>(() => none.StateDicts[0].Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BigEndianStorage_IsTurnedAround()
    {
        string pickle = TensorPickle("K\u0000K\u0004\u0085K\u0001\u0085");
        string numbers = "\u003f\u0080\u0000\u0000\u0040\u0000\u0000\u0000\u0040\u0040\u0000\u0000\u0040\u0080\u0000\u0000";
        using TorchFile file = TorchFile.Open(Zip(pickle, ("archive/data/0", numbers), ("archive/byteorder", "big")));
        using Tensor tensor = file.StateDicts[0].Read("a");

        Assert.Equal([1f, 2f, 3f, 4f], tensor.data<float>().ToArray());
        AssertRefused(Zip(pickle, ("archive/data/0", numbers), ("archive/byteorder", "odd")), "byte order");
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void OpenAndRead_RandomlyDamagedFiles_ThrowNothingElse(string name)
    {
        PythonReference.Run("torch_files.py", "tensors", _folder.Path);
        byte[] whole = File.ReadAllBytes(_folder.File(name));
        string path = _folder.File("mutated.pth");
        var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 1500; i++)
        {
            byte[] mutated = Mutate(whole, random);
            File.WriteAllBytes(path, mutated);
            try
            {
                using TorchFile file = TorchFile.Open(path);
                foreach ((IStateDict dictionary, string key) in file.StateDicts.SelectMany(dictionary => dictionary.Names.Select(key => (dictionary, key))))
                {
                    dictionary.Read(key).Dispose();
                }
            }
            catch (TorchFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 300, 1500);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] copy = [.. whole];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Half of the changes hit the pickle, which is near the beginning.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(2500, copy.Length) : copy.Length);
            copy[at] = (byte)random.Next(256);
        }

        return copy;
    }

    /// <summary>{"a": a tensor in the storage "0" of 4 float32}.</summary>
    private static string TensorPickle(string offsetSizeStride) =>
        $"\u0080\u0002}}X\u0001\0\0\0actorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storage{Float}X\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ{offsetSizeStride}\u0089)tRs.";

    private static void AssertRefused(string path, string expected) =>
        Assert.Contains(expected, Assert.Throws<TorchFileException>(() => TorchFile.Open(path)).Message, StringComparison.Ordinal);

    private string Zip(string pickle, params (string Name, string Content)[] others)
    {
        string path = _folder.File($"{Guid.NewGuid():N}.pth");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", pickle, CompressionLevel.NoCompression);
        foreach ((string name, string content) in others)
        {
            Add(zip, name, content, CompressionLevel.NoCompression);
        }

        return path;
    }

    private static void Add(ZipArchive zip, string name, string latin1, CompressionLevel level)
    {
        using Stream stream = zip.CreateEntry(name, level).Open();
        stream.Write(Encoding.Latin1.GetBytes(latin1));
    }
}
