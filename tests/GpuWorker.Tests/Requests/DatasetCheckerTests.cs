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
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Requests;

public sealed class DatasetCheckerTests : IDisposable
{
    private static readonly HttpClient Client = new();

    private readonly TemporaryFolder _folder = new();

    private DatasetSpec Own => new() { Name = "imagefolder", Path = _folder.Path };

    [Fact]
    public void Check_Folder_NamesWhatCannotBeReadOfEverySplit()
    {
        WriteSplits();

        DatasetChecked all = Check(Checker(new FakeTimeProvider()), 0, null);

        Assert.Equal((6, 6), (all.Images, all.Next));
        Assert.Equal(
            [
                new UnreadableImage("training", _folder.File("train", "b", "1.png"), "the file is empty, or not a regular file"),
                new UnreadableImage("validation", _folder.File("val", "a", "0.png"), "it is not a JPEG, PNG, BMP, WebP or GIF image"),
            ],
            all.Unreadable);
    }

    /// <summary>A worker whose time limit expires after every image.</summary>
    [Fact]
    public void Check_StretchAfterStretch_ComesToTheSame()
    {
        WriteSplits();
        DatasetChecker checker = Checker(new FakeTimeProvider { AutoAdvanceAmount = DatasetChecker.Stretch });
        var found = new List<UnreadableImage>();
        DatasetChecked stretch = Check(checker, 0, null);
        for (int images = 1; ; images++)
        {
            found.AddRange(stretch.Unreadable);
            Assert.Equal(images, stretch.Next);
            if (stretch.Next == stretch.Images)
            {
                break;
            }

            stretch = Check(checker, stretch.Next, stretch.Fingerprint);
        }

        Assert.Equal(Check(Checker(new FakeTimeProvider()), 0, null).Unreadable, found);
    }

    [Fact]
    public void Check_FilesOtherThanAtItsBeginning_IsRefused()
    {
        WriteSplits();

        DatasetRefused refused = Assert.IsType<DatasetRefused>(Checker(new FakeTimeProvider()).Check(new CheckDataset(Own, 2, "other")).Message);

        Assert.Contains("changed", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public void Check_HostilePlace_IsBounded(int first)
    {
        WriteSplits();

        Assert.InRange(Check(Checker(new FakeTimeProvider()), first, null).Next, 0, 6);
    }

    [Fact]
    public void Check_NoFolder_SaysWhy() => Assert.IsType<DatasetRefused>(Checker(new FakeTimeProvider()).Check(new CheckDataset(Own, 0, null)).Message);

    public void Dispose() => _folder.Dispose();

    private static DatasetChecker Checker(TimeProvider time) => new(
        new ReadyDatasets(new DatasetFolder(new AllowedFolders([])), DataFixture.NewDownloads(new DatasetOptions { Cache = "/nowhere" }, Client)),
        new WorkerIdentity(Options.Create(new WorkerOptions()), TrainingDevice.Select("cpu")),
        time);

    private DatasetChecked Check(DatasetChecker checker, int first, string? fingerprint) =>
        Assert.IsType<DatasetChecked>(checker.Check(new CheckDataset(Own, first, fingerprint)).Message);

    private void WriteSplits()
    {
        foreach (string label in (string[])["a", "b"])
        {
            SampleImages.Write(_folder.File("train", label, "0.png"), SKColors.Red);
            SampleImages.Write(_folder.File("val", label, "0.png"), SKColors.Red);
        }

        SampleImages.Write(_folder.File("train", "a", "1.png"), SKColors.Red);
        File.WriteAllBytes(_folder.File("train", "b", "1.png"), []);
        File.WriteAllText(_folder.File("val", "a", "0.png"), "no image");
    }
}
