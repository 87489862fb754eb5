using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Requests;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Tests.Data;
using Experiments.ServiceDefaults.Files;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Requests;

public sealed class DatasetInspectorTests : IDisposable
{
    private static readonly HttpClient Client = new();
    private static readonly DatasetSpec Digits = new() { Name = "digits" };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Describe_BuiltIn_CountsItsImages()
    {
        DatasetContentsView contents = Assert.IsType<DatasetContentsView>(Inspector().Describe(new DescribeDataset(Digits)).Message);

        DatasetSplitView training = Assert.Single(contents.Splits);
        Assert.Equal(("training", 1797, 1797), (training.Name, training.Images, training.Counts.Sum()));
        Assert.Equal(0.2, contents.HeldBack);
        Assert.Equal((8, 8, 1, 0), (contents.Sizes!.MinWidth, contents.Sizes.MaxHeight, contents.Sizes.Channels, contents.Sizes.Corrupt));
        DatasetInfo info = DatasetCatalog.Find("digits")!;
        Assert.Equal((info.Classes, info.Images, info.Channels, info.TestImages), (contents.Classes.Count, training.Images, contents.Sizes.Channels, 0));
    }

    [Fact]
    public void Describe_FolderWithSplits_CountsEach()
    {
        SampleImages.Write(_folder.File("train", "a", "1.png"), SKColors.Red, 120, 90);
        SampleImages.Write(_folder.File("train", "a", "2.png"), SKColors.Red, 60, 200);
        SampleImages.Write(_folder.File("train", "b", "1.png"), SKColors.Blue);
        SampleImages.Write(_folder.File("val", "b", "1.png"), SKColors.Blue);
        SampleImages.Write(_folder.File("val", "a", "1.png"), SKColors.Blue);
        File.WriteAllText(_folder.File("train", "b", "2.jpg"), "no image");

        DatasetContentsView contents = Assert.IsType<DatasetContentsView>(Inspector().Describe(new DescribeDataset(Own())).Message);

        Assert.Equal(["training", "validation"], contents.Splits.Select(split => split.Name));
        Assert.Equal([2, 2], contents.Splits[0].Counts);
        Assert.Equal([1, 1], contents.Splits[1].Counts);
        Assert.Equal(0, contents.HeldBack);
        Assert.Equal([("training", "train"), ("validation", "val")], contents.Reading!.Splits.Select(split => (split.Split, split.Folder)));
        Assert.Equal((40, 120, 30, 200, 3, 1), (contents.Sizes!.MinWidth, contents.Sizes.MaxWidth, contents.Sizes.MinHeight, contents.Sizes.MaxHeight, contents.Sizes.Channels, contents.Sizes.Corrupt));
    }

    [Fact]
    public void Sample_Classes_AreShownSmallAndThoseThatAreBrokenNamed()
    {
        SampleImages.Write(_folder.File("a", "1.png"), SKColors.Red, 300, 200);
        File.WriteAllText(_folder.File("b", "1.jpg"), "no image");

        DatasetSamples samples = Assert.IsType<DatasetSamples>(Inspector().Sample(new SampleDataset(Own(), 0, 25, 8)).Message);

        Assert.Equal(["a", "b"], samples.Classes.Select(shown => shown.Name));
        DatasetSample shown = Assert.Single(samples.Classes[0].Samples);
        using var picture = SKBitmap.Decode(shown.Image);
        Assert.Equal((96, 96, 300, 200), (picture.Width, picture.Height, shown.Width, shown.Height));
        Assert.Equal(_folder.File("a", "1.png"), shown.Place);
        Assert.NotEmpty(Assert.Single(samples.Classes[1].Samples).Problem!);
    }

    [Fact]
    public void Sample_LargeClass_IsSpreadOverIt()
    {
        DatasetSamples samples = Assert.IsType<DatasetSamples>(Inspector().Sample(new SampleDataset(Digits, 3, 2, 8)).Message);

        Assert.Equal([3, 4], samples.Classes.Select(shown => shown.Class));
        Assert.All(samples.Classes, shown => Assert.Equal(8, shown.Samples.Select(sample => sample.Place).Distinct().Count()));
        using var picture = SKBitmap.Decode(samples.Classes[0].Samples[0].Image);
        Assert.Equal(8, picture.Width);
    }

    [Theory]
    [InlineData(-5, int.MaxValue, 1)]
    [InlineData(int.MaxValue, 10, 1)]
    [InlineData(0, -1, int.MinValue)]
    public void Sample_HostileNumbers_AreBounded(int first, int classes, int perClass) =>
        Assert.InRange(Assert.IsType<DatasetSamples>(Inspector().Sample(new SampleDataset(Digits, first, classes, perClass)).Message).Classes.Count, 0, 10);

    [Fact]
    public void Describe_NotDownloadedYet_IsAbsent()
    {
        DatasetRefused refused = Assert.IsType<DatasetRefused>(Inspector().Describe(new DescribeDataset(new DatasetSpec { Name = "mnist" })).Message);

        Assert.True(refused.IsAbsent);
        Assert.Contains("its first run downloads it", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_BadFolder_SaysWhatIsWrong()
    {
        SampleImages.Write(_folder.File("only", "1.png"), SKColors.Red);

        DatasetRefused refused = Assert.IsType<DatasetRefused>(Inspector().Describe(new DescribeDataset(Own())).Message);

        Assert.False(refused.IsAbsent);
        Assert.Contains("only one class", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OutsideOfTheRoots_IsRefused()
    {
        DatasetRefused refused = Assert.IsType<DatasetRefused>(Inspector("/allowed").Describe(new DescribeDataset(Own())).Message);

        Assert.Contains("outside the folders", refused.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private DatasetSpec Own() => new() { Name = "imagefolder", Path = _folder.Path };

    private static DatasetInspector Inspector(params string[] roots) => new(
        new ReadyDatasets(new DatasetFolder(new AllowedFolders(roots)), DataFixture.NewDownloads(new DatasetOptions { Cache = "/nowhere" }, Client)),
        new WorkerIdentity(Options.Create(new WorkerOptions()), TrainingDevice.Select("cpu")));
}
