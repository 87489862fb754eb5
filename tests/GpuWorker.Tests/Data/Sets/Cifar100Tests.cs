using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Sets;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Sets;

public sealed class Cifar100Tests : IDisposable
{
    private readonly DataFixture _fixture = new();

    [Fact]
    public void Classes_All_AreInTheOrderOfTheAlphabet()
    {
        Assert.Equal(DatasetCatalog.Find("cifar100")!.Classes, CifarLayout.Cifar100.Classes.Length);
        Assert.Equal(CifarLayout.Cifar100.Classes.Order(StringComparer.Ordinal).Distinct(), CifarLayout.Cifar100.Classes);
    }

    [Fact]
    public void Load_BinaryFiles_TakesTheFineLabels()
    {
        Write(_fixture.Folder.Path);

        using TrainingData data = _fixture.Load("cifar100", size: 32);

        Assert.Equal((100, 100, 100), (data.Training.Count, data.Validation.Count, data.Test!.Count));
        using torch.Tensor image = data.Training.Images.Pixels[101];
        using torch.Tensor label = data.Training.Images.Labels[101];
        Assert.Equal(1, label.item<long>());
        Assert.Equal(Record(1, 1)[2..], image.bytes.ToArray());
    }

    [Fact]
    public void Load_WithoutAPath_TakesTheCacheAndThePublishedFingerprint()
    {
        Write(Path.Combine(_fixture.Cache, "cifar100", "cifar-100-binary"));

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "cifar100" }, size: 32);

        Assert.Equal("md5:03b5dce01913d631647c71ecec9e9cb8", data.Fingerprint);
    }

    [Fact]
    public void Load_ClassFolders_AreTaken()
    {
        SampleImages.WriteClasses(_fixture.Folder, "train", 2, [.. CifarLayout.Cifar100.Classes]);
        SampleImages.WriteClasses(_fixture.Folder, "test", 1, [.. CifarLayout.Cifar100.Classes]);

        using TrainingData data = _fixture.Load("cifar100");

        Assert.Equal("worm", data.Classes[^1]);
    }

    [Fact]
    public void Load_FilesOfCifar10_AreRefused()
    {
        File.WriteAllBytes(_fixture.Folder.File("train.bin"), new byte[3073]);
        File.WriteAllBytes(_fixture.Folder.File("test.bin"), new byte[3073]);

        Assert.Contains("a CIFAR-100 file is a whole number of records of 3,074 bytes", _fixture.Fail("cifar100"), StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "train.bin"), [.. Enumerable.Range(0, 200).SelectMany(i => Record(i / 100, i % 100))]);
        File.WriteAllBytes(Path.Combine(folder, "test.bin"), [.. Enumerable.Range(0, 100).SelectMany(label => Record(2, label))]);
    }

    private static byte[] Record(int series, int label) =>
        [(byte)(label / 5), (byte)label, .. Enumerable.Range(0, 3072).Select(i => (byte)((i * 7) + (series * 31) + label))];
}
