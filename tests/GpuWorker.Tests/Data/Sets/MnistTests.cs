using System.Buffers.Binary;
using System.IO.Compression;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Data;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Sets;

public sealed class MnistTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Theory]
    [InlineData("mnist", "")]
    [InlineData("mnist", ".gz")]
    [InlineData("fashion-mnist", ".gz")]
    public void Load_IdxFiles_ReadsPixelsAndLabels(string name, string ending)
    {
        Write(ending);

        using TrainingData data = _fixture.Load(name, size: 28);

        Assert.Equal(10, data.Classes.Count);
        Assert.Equal((20, 10, 10), (data.Training.Count, data.Validation.Count, data.Test!.Count));
        using torch.Tensor image = data.Training.Images.Pixels[13];
        using torch.Tensor label = data.Training.Images.Labels[13];
        Assert.Equal(3, label.item<long>());
        Assert.Equal([.. Pixels(13), .. Pixels(13), .. Pixels(13)], image.bytes.ToArray());
    }

    [Fact]
    public void Load_TorchvisionsFolder_IsFound()
    {
        Write(".gz", "MNIST", "raw");

        using TrainingData data = _fixture.Load("mnist", size: 28);

        Assert.Equal((20, 10, 10), (data.Training.Count, data.Validation.Count, data.Test!.Count));
        using torch.Tensor image = data.Training.Images.Pixels[13];
        Assert.Equal([.. Pixels(13), .. Pixels(13), .. Pixels(13)], image.bytes.ToArray());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData(".gz")]
    public async Task Load_Pipe_IsRefusedByName(string ending)
    {
        Write(ending);
        string file = Folder.File($"train-labels-idx1-ubyte{ending}");
        await NamedPipe.CreateAsync(file);

        string message = await Task.Run(() => _fixture.Fail("mnist"), TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"\"{file}\" is empty, or not a regular file", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileMissing_NamesIt()
    {
        Write("");
        File.Delete(Folder.File("t10k-labels-idx1-ubyte"));

        Assert.Contains("neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz", _fixture.Fail("mnist"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("magic", "begins with 0x00000d03; an idx file of bytes in 3 dimensions begins with 0x00000803")]
    [InlineData("short", "is cut short")]
    [InlineData("long", "continues after its 23,520 values (30 × 28 × 28)")]
    [InlineData("size", "holds images of 14×56 pixels; expected 28×28")]
    [InlineData("count", "holds 29 images")]
    [InlineData("huge", "more than fit into memory")]
    [InlineData("negative", "more than fit into memory")]
    [InlineData("label", "image 0 has label 10; allowed: 0 to 9")]
    public void Load_SpoiltFile_SaysWhatIsWrong(string fault, string expected)
    {
        Write("");
        Spoil(Folder.File("train-images-idx3-ubyte"), Folder.File("train-labels-idx1-ubyte"), fault);

        Assert.Contains(expected, _fixture.Fail("mnist"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoGzip_SaysSo()
    {
        Write(".gz");
        File.WriteAllBytes(Folder.File("train-images-idx3-ubyte.gz"), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

        Assert.Contains("cannot be unpacked", _fixture.Fail("mnist"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithoutAPathOffline_SaysWhatToPutWhere()
    {
        string message = _fixture.Fail(new DatasetSpec { Name = "mnist" });

        Assert.Contains($"{DataFixture.Nowhere}train-images-idx3-ubyte.gz", message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_fixture.Cache, "mnist", "train-images-idx3-ubyte.gz"), message, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private static void Spoil(string imageFile, string labelFile, string fault)
    {
        byte[] images = File.ReadAllBytes(imageFile);
        byte[] labels = File.ReadAllBytes(labelFile);
        switch (fault)
        {
            case "magic":
                images[2] = 13;
                break;
            case "short":
                images = images[..^1];
                break;
            case "long":
                images = [.. images, 0];
                break;
            case "size":
                images[11] = 56;
                images[15] = 14;
                break;
            case "count":
                images[7]--;
                images = images[..^(28 * 28)];
                break;
            case "huge":
                images[5] = 255;
                images[9] = 255;
                break;
            case "negative":
                images[4] = 255;
                break;
            case "label":
                labels[8] = 10;
                break;
            default:
                throw new ArgumentException(fault, nameof(fault));
        }

        File.WriteAllBytes(imageFile, images);
        File.WriteAllBytes(labelFile, labels);
    }

    private void Write(string ending, params string[] folder)
    {
        WriteFile([.. folder, $"train-images-idx3-ubyte{ending}"], [.. Header(3, 30, 28, 28), .. Enumerable.Range(0, 30).SelectMany(Pixels)]);
        WriteFile([.. folder, $"train-labels-idx1-ubyte{ending}"], [.. Header(1, 30), .. Enumerable.Range(0, 30).Select(i => (byte)(i % 10))]);
        WriteFile([.. folder, $"t10k-images-idx3-ubyte{ending}"], [.. Header(3, 10, 28, 28), .. Enumerable.Range(40, 10).SelectMany(Pixels)]);
        WriteFile([.. folder, $"t10k-labels-idx1-ubyte{ending}"], [.. Header(1, 10), .. Enumerable.Range(0, 10).Select(i => (byte)i)]);
    }

    private void WriteFile(string[] parts, byte[] content)
    {
        string path = Folder.File(parts);
        using FileStream file = File.Create(path);
        using Stream target = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(content);
    }

    private static byte[] Header(byte dimensions, params int[] sizes)
    {
        byte[] header = [0, 0, 8, dimensions, .. new byte[4 * sizes.Length]];
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        }

        return header;
    }

    private static IEnumerable<byte> Pixels(int image) => Enumerable.Range(0, 28 * 28).Select(i => (byte)((i * 3) + image));
}
