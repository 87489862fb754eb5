using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Sets;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Sets;

public sealed class Cifar10Tests : IDisposable
{
    private const int RecordBytes = 3073;

    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_BinaryFiles_ReadsPlanesAndLabels()
    {
        WriteBinaries();

        using TrainingData data = _fixture.Load("cifar10", size: 32);

        Assert.Equal(CifarLayout.Cifar10.Classes, data.Classes);
        Assert.Equal((40, 10, 10), (data.Training.Count, data.Validation.Count, data.Test!.Count));
        using torch.Tensor image = data.Training.Images.Pixels[13];
        using torch.Tensor label = data.Training.Images.Labels[13];
        Assert.Equal(3, label.item<long>());
        Assert.Equal(Record(1, 3)[1..], image.bytes.ToArray());
    }

    [Fact]
    public void Load_ClassFolders_TakesTestForTesting()
    {
        SampleImages.WriteClasses(Folder, "train", 5, [.. CifarLayout.Cifar10.Classes]);
        SampleImages.WriteClasses(Folder, "test", 1, [.. CifarLayout.Cifar10.Classes]);

        using TrainingData data = _fixture.Load("cifar10");

        Assert.Equal((40, 10, 10), (data.Training.Count, data.Validation.Count, data.Test!.Count));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("data_batch_3.bin")]
    [InlineData("test_batch.bin")]
    public async Task Load_Pipe_IsRefusedByName(string name)
    {
        WriteBinaries();
        await NamedPipe.CreateAsync(Folder.File(name));

        string message = await Task.Run(() => _fixture.Fail("cifar10"), TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"\"{Folder.File(name)}\" is empty, or not a regular file", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BinaryFileOfWrongSize_NamesItAndTheSize()
    {
        WriteBinaries();
        string file = Folder.File("data_batch_3.bin");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        Assert.Contains(
            $"\"{file}\" has 30,729 bytes; a CIFAR-10 file is a whole number of records of 3,073 bytes",
            _fixture.Fail("cifar10"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LabelThatIsNone_NamesTheImage()
    {
        WriteBinaries();
        string file = Folder.File("test_batch.bin");
        byte[] content = File.ReadAllBytes(file);
        content[2 * RecordBytes] = 10;
        File.WriteAllBytes(file, content);

        Assert.Contains("image 2 has label 10; allowed: 0 to 9", _fixture.Fail("cifar10"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BinaryFileMissing_NamesIt()
    {
        WriteBinaries();
        File.Delete(Folder.File("data_batch_2.bin"));

        Assert.Contains("data_batch_2.bin is missing", _fixture.Fail("cifar10"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_SaysWhatIsExpected() =>
        Assert.Contains("expected data_batch_1.bin", _fixture.Fail("cifar10"), StringComparison.Ordinal);

    [Fact]
    public void Load_OtherClasses_NamesThem()
    {
        SampleImages.WriteClasses(Folder, "train", 2, "rose", "tulip");
        SampleImages.WriteClasses(Folder, "test", 2, "rose", "tulip");

        Assert.Contains("rose, tulip; expected airplane", _fixture.Fail("cifar10"), StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private void WriteBinaries()
    {
        for (int file = 0; file < 6; file++)
        {
            string name = file < 5 ? $"data_batch_{file + 1}.bin" : "test_batch.bin";
            File.WriteAllBytes(Folder.File(name), [.. Enumerable.Range(0, 10).SelectMany(label => Record(file, label))]);
        }
    }

    private static byte[] Record(int file, int label) =>
        [(byte)label, .. Enumerable.Range(0, RecordBytes - 1).Select(i => (byte)((i * 7) + (file * 31) + label))];
}
