using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Data;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Files of an image folder that are no images.</summary>
public sealed class CorruptImageTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_CorruptImages_NamesTheFirst()
    {
        string first = Spoil("a", "1.jpg", content => content[..(content.Length / 2)]);
        Spoil("b", "2.jpg", _ => []);

        string message = _fixture.Fail("imagefolder");

        Assert.Contains($"\"{first}\" cannot be decoded", message, StringComparison.Ordinal);
        Assert.Contains("skipCorrupt: true", message, StringComparison.Ordinal);
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
