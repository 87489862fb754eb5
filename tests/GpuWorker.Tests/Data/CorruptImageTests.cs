using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Files of an image folder that are no images.</summary>
public sealed class CorruptImageTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_CorruptImages_NamesAllAtOnce()
    {
        string first = Spoil("a", "1.jpg", _ => []);
        string second = Spoil("b", "2.jpg", _ => []);

        string message = _fixture.Fail("imagefolder");

        Assert.Equal(
            $"2 of 10 images cannot be decoded: \"{first}\": the file is empty, or no ordinary file; \"{second}\": the file is empty, or no ordinary file. Mend or remove them, or set skipCorrupt: true in the dataset block",
            message);
        Assert.Contains(Logged(LogLevel.Error), line => line.Contains(first, StringComparison.Ordinal) && line.Contains(second, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_CorruptImagesInEverySplit_NamesThoseOfAll()
    {
        foreach (string split in (string[])["train", "val", "test"])
        {
            SampleImages.WriteClasses(Folder, split, 3, "a", "b");
            File.WriteAllBytes(Folder.File(split, "b", "1.jpg"), [1, 2, 3]);
        }

        string message = _fixture.Fail("imagefolder");

        Assert.StartsWith("3 of 18 images", message, StringComparison.Ordinal);
        Assert.All((string[])["train", "val", "test"], split => Assert.Contains(Folder.File(split, "b", "1.jpg"), message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ManyCorruptImages_NamesTwentyAndLogsAll(bool skip)
    {
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        string[] spoilt = [.. Enumerable.Range(0, 150).Select(i => Folder.File("a", $"spoilt{i:000}.jpg"))];
        Array.ForEach(spoilt, path => File.WriteAllBytes(path, []));
        var spec = new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = skip };

        if (skip)
        {
            _fixture.Load(spec).Dispose();
        }
        else
        {
            string message = _fixture.Fail(spec);
            Assert.Equal(20, spoilt.Count(path => message.Contains(path, StringComparison.Ordinal)));
            Assert.Contains("150 of 160 images", message, StringComparison.Ordinal);
            Assert.Contains("and 130 more, all named in the log", message, StringComparison.Ordinal);
        }

        string[] logged = Logged(skip ? LogLevel.Warning : LogLevel.Error);
        Assert.InRange(logged.Length, 2, 20);
        Assert.All(logged, entry => Assert.InRange(entry.Length, 1, RunLogLimits.LongestMessage));
        Assert.All(spoilt, path => Assert.Contains(logged, entry => entry.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_SkipCorruptForTheSecondTime_SaysSoAgain()
    {
        string spoilt = Spoil("a", "1.jpg", _ => [1, 2, 3]);
        var spec = new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true };

        _fixture.Load(spec).Dispose();
        _fixture.Load(spec, seed: 43).Dispose();

        Assert.Equal(2, Logged(LogLevel.Warning).Count(entry => entry.Contains(spoilt, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("not an image at all", "it is not a JPEG, PNG, BMP, WebP or GIF image")]
    [InlineData("", "the file is empty")]
    public void Load_FileThatIsNoImage_SaysWhy(string content, string reason)
    {
        Spoil("a", "1.jpg", _ => System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Contains(reason, _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SkipCorrupt_LeavesThemOutWithAWarning()
    {
        string spoilt = Spoil("a", "1.jpg", _ => [1, 2, 3]);

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true });

        Assert.Equal(9, data.Training.Count + data.Validation.Count);
        Assert.Contains(_fixture.Log.Warnings, warning => warning.Contains(spoilt, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_LinkToNothing_IsNamedOrLeftOutLikeACorruptImage()
    {
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        string link = Folder.File("a", "link.png");
        File.CreateSymbolicLink(link, Folder.File("nowhere.png"));

        string message = _fixture.Fail("imagefolder");
        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true });

        Assert.Contains($"\"{link}\" cannot be decoded: it cannot be read", message, StringComparison.Ordinal);
        Assert.Equal(10, data.Training.Count + data.Validation.Count);
    }

    [Fact]
    public void Load_SkipCorruptWithNothingLeftOfAClass_IsRefused()
    {
        for (int image = 0; image < 5; image++)
        {
            Spoil("a", $"{image}.jpg", _ => [1, 2, 3]);
        }

        string message = _fixture.Fail(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true });

        Assert.Contains("of class \"a\"", message, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private string[] Logged(LogLevel level) => [.. _fixture.Log.Entries.Where(entry => entry.Level == level).Select(entry => entry.Message)];

    private string Spoil(string label, string name, Func<byte[], byte[]> change)
    {
        string path = Folder.File(label, name);
        if (!File.Exists(path))
        {
            SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        }

        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        return path;
    }
}
