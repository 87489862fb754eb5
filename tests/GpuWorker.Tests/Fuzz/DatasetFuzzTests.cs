using System.Buffers.Binary;
using System.IO.Compression;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Tests.Data;
using Experiments.TestServers;

namespace Experiments.GpuWorker.Tests.Fuzz;

/// <summary>Damaged data set files are refused with a message or read as they are; nothing crashes, hangs or allocates too much memory.</summary>
public sealed class DatasetFuzzTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Theory]
    [InlineData("", 21)]
    [InlineData(".gz", 22)]
    public void Mnist_DamagedFiles_AreRefusedWithWords(string ending, int seed)
    {
        Write($"train-images-idx3-ubyte{ending}", [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 28, 0, 0, 0, 28, .. Bytes(20 * 28 * 28)]);
        Write($"train-labels-idx1-ubyte{ending}", [0, 0, 8, 1, 0, 0, 0, 20, .. Bytes(20).Select(value => (byte)(value % 10))]);
        Write($"t10k-images-idx3-ubyte{ending}", [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28, .. Bytes(10 * 28 * 28)]);
        Write($"t10k-labels-idx1-ubyte{ending}", [0, 0, 8, 1, 0, 0, 0, 10, .. Bytes(10).Select(value => (byte)(value % 10))]);

        Storm("mnist", seed, head: 16);
    }

    [Fact]
    public void Cifar10_DamagedFiles_AreRefusedWithWords()
    {
        foreach (string name in (string[])["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"])
        {
            Write(name, [.. Enumerable.Range(0, 4).SelectMany(label => (byte[])[(byte)label, .. Bytes(3072)])]);
        }

        Storm("cifar10", seed: 23, head: 1);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData("")]
    public void Idx_HeaderOfTwoGigabytes_TakesNoMemoryForThem(string ending)
    {
        Write($"huge{ending}", [0, 0, 8, 3, 0, 0, 100, 0, 0, 0, 0, 200, 0, 0, 1, 144, 1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        TrainingException refused = Assert.Throws<TrainingException>(() => IdxFile.Read(Folder.File($"huge{ending}"), dimensions: 3));

        Assert.Equal(FailureKind.Data, refused.Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000_000);
    }

    [Theory]
    [InlineData("x.jpg", 24)]
    [InlineData("x.png", 25)]
    [InlineData("x.webp", 26)]
    public void Images_DamagedFiles_AreRefusedOrDecoded(string name, int seed)
    {
        string file = Folder.File(name);
        SampleImages.WriteGradient(file, 61, 47);
        byte[] whole = File.ReadAllBytes(file);
        byte[] planes = new byte[3 * 16 * 16];
        foreach (FuzzCase fuzz in FuzzCase.Of(seed, count: 300))
        {
            byte[] damaged = ByteMutation.Of(whole, fuzz.Random, head: 60);
            File.WriteAllBytes(file, damaged);

            Exception? thrown = Record.Exception(() => ImageFileDecoder.DecodeTo(file, 16, planes)) ?? Record.Exception(() => ImageFileDecoder.Decode(damaged, 1_000_000));

            Assert.True(thrown is null or CorruptImageException, fuzz.Describe($"{thrown}", damaged));
        }
    }

    [Fact]
    public void Image_SmallFileThatClaimsAHugePicture_IsRefusedWithoutTheMemoryForIt()
    {
        string file = Folder.File("claim.png");
        SampleImages.WriteGradient(file, 8, 8);
        byte[] content = File.ReadAllBytes(file);
        SetPngSize(content, 13_000, 13_000);
        File.WriteAllBytes(file, content);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<CorruptImageException>(() => ImageFileDecoder.DecodeTo(file, 16, new byte[3 * 16 * 16]));
        Assert.Throws<CorruptImageException>(() => ImageFileDecoder.Decode(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000_000);
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>Loads the data set repeatedly, with one or two damaged files.</summary>
    private void Storm(string dataset, int seed, int head)
    {
        string[] files = Directory.GetFiles(Folder.Path);
        byte[][] whole = [.. files.Select(File.ReadAllBytes)];
        int refused = 0;
        foreach (FuzzCase fuzz in FuzzCase.Of(seed, count: 120))
        {
            int[] spoilt = [fuzz.Random.Next(files.Length), fuzz.Random.Next(files.Length)];
            Array.ForEach(spoilt, index => File.WriteAllBytes(files[index], ByteMutation.Of(whole[index], fuzz.Random, head)));

            Exception? thrown = Record.Exception(() => _fixture.Load(dataset).Dispose());

            Assert.True(thrown is null or TrainingException { Kind: FailureKind.Data }, fuzz.Describe($"{thrown}", File.ReadAllBytes(files[spoilt[0]])));
            refused += thrown is null ? 0 : 1;
            Array.ForEach(spoilt, index => File.WriteAllBytes(files[index], whole[index]));
        }

        Assert.True(refused > 15, $"only {refused} were refused");
    }

    private void Write(string name, byte[] content)
    {
        using FileStream file = File.Create(Folder.File(name));
        using Stream target = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(content);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 7) % 251))];

    /// <summary>Updates the chunk's checksum, so that it is accepted.</summary>
    private static void SetPngSize(byte[] png, int width, int height)
    {
        const int Header = 12;
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Header + 4), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(Header + 8), height);
        uint crc = uint.MaxValue;
        foreach (byte value in png.AsSpan(Header, 17))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(Header + 17), ~crc);
    }
}
