using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Data;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Files of an image folder that are not images.</summary>
public sealed class CorruptImageTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_CorruptImages_NamesAllTogether()
    {
        string first = Spoil("a", "1.jpg", _ => []);
        string second = Spoil("b", "2.jpg", _ => []);

        string message = _fixture.Fail("imagefolder");

        Assert.Equal(
            $"2 of 10 images cannot be decoded: \"{first}\": the file is empty, or not a regular file; \"{second}\": the file is empty, or not a regular file. Fix or remove them, or set skipCorrupt: true in the dataset block",
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_LinkToNothing_IsLeftOutWithAWarning(bool skip)
    {
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        File.CreateSymbolicLink(Folder.File("a", "link.png"), "nowhere.png");

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = skip });

        Assert.Equal(10, data.Training.Count + data.Validation.Count);
        Assert.Contains(data.Reading!.Notes, note => note is { IsWarning: true, Text: "1 link leads nowhere and is left out: a/link.png -> nowhere.png" });
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "it is a Git LFS pointer, a text in place of the file itself; run git lfs pull where it was cloned")]
    [InlineData("../.git/annex/objects/1K/2k/SHA256E-s31--b0f1.jpg", "it is a git-annex pointer, a text in place of the file itself; run git annex get")]
    [InlineData("<!DOCTYPE html><title>Not found</title>", "it is a web page, whatever its name says")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "it is a HEIC image, whatever its name says; allowed: JPEG, PNG, BMP, WebP or GIF")]
    [InlineData("II*\0\b\0\0\0", "it is a TIFF image")]
    public void Load_FileOfAnotherKind_IsNamed(string content, string reason)
    {
        Spoil("a", "1.jpg", _ => System.Text.Encoding.Latin1.GetBytes(content));

        Assert.Contains(reason, _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "it begins as a JPEG image, but its header is cut short or damaged")]
    [InlineData(100, "it begins as a JPEG image, but its header is cut short or damaged")]
    [InlineData(2000, "the file is cut short")]
    [InlineData(-100, "the file is cut short")]
    public void Load_CutJpeg_SaysWhere(int bytes, string reason)
    {
        string path = Spoil("a", "1.jpg", whole => whole);
        SampleImages.WriteGradient(path, 200, 200);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes > 0 ? whole[..bytes] : whole[..^-bytes]);

        Assert.Contains(reason, _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SkipCorruptWithNothingLeftOfTheTestSplit_SaysThatNoneCanBeDecoded()
    {
        SampleImages.WriteClasses(Folder, "train", 5, "a", "b");
        SampleImages.WriteClasses(Folder, "test", 1, "a", "b");
        string[] spoilt = [Folder.File("test", "a", "0.jpg"), Folder.File("test", "b", "0.jpg")];
        Array.ForEach(spoilt, path => File.WriteAllBytes(path, []));

        string message = _fixture.Fail(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true });

        Assert.StartsWith($"none of the 2 test images can be decoded: \"{spoilt[0]}\": the file is empty", message, StringComparison.Ordinal);
        Assert.Contains("skipCorrupt leaves out single images, not a whole split", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SkipCorruptWithFewLeftOfAClass_TellsHowMany()
    {
        SampleImages.WriteClasses(Folder, "train", 5, "a", "b");
        SampleImages.WriteClasses(Folder, "val", 2, "a", "b");
        foreach (string path in (string[])[.. Enumerable.Range(0, 3).Select(i => Folder.File("train", "a", $"{i}.jpg")), Folder.File("train", "b", "0.jpg"), Folder.File("val", "b", "0.jpg"), Folder.File("val", "b", "1.jpg")])
        {
            File.WriteAllBytes(path, []);
        }

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, SkipCorrupt = true });

        Assert.Equal(
            ["skipCorrupt leaves few training images, or none, of: \"a\" (2 of 5)", "skipCorrupt leaves few validation images, or none, of: \"b\" (0 of 2)"],
            data.Doubts);
    }

    [Fact]
    public void Load_LimitThatLeavesClassesEmpty_TellsWhich()
    {
        SampleImages.WriteClasses(Folder, "train", 3, "a", "b", "c");
        SampleImages.WriteClasses(Folder, "val", 3, "a", "b", "c");

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, Limit = 2 });

        string[] lacking = [.. data.Doubts.Select(doubt => doubt.Split(':')[0])];
        Assert.Equal("limit 2 leaves no validation image of 2 of 3 classes", lacking[^1]);
        Assert.Matches("^limit 2 leaves no training image of [12] of 3 classes$", lacking[0]);
        Assert.All(data.Doubts, doubt => Assert.Contains("\"", doubt, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_WholeClasses_HasNoDoubts()
    {
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, Limit = 1000 });

        Assert.Empty(data.Doubts);
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
