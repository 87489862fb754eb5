using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Splits;
using SkiaSharp;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Sets;

public sealed class ImageFolderTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_ClassFolders_AreSplitByTheSeedAndStratified()
    {
        SampleImages.WriteClasses(Folder, "", 10, "rose", "daisy", "tulip");

        using TrainingData data = _fixture.Load("imagefolder");

        Assert.Equal(["daisy", "rose", "tulip"], data.Classes);
        Assert.Equal((24, 6), (data.Training.Count, data.Validation.Count));
        Assert.Null(data.Test);
        Assert.Equal([2, 2, 2], LabelsOf(data.Validation).GroupBy(label => label).Select(group => group.Count()));
    }

    [Fact]
    public void Load_AnotherSeed_HoldsBackOtherImages()
    {
        SampleImages.WriteClasses(Folder, "", 10, "a", "b");
        DatasetSpec spec = new() { Name = "imagefolder", Path = Folder.Path };

        using TrainingData one = _fixture.Load(spec, seed: 1);
        using TrainingData same = _fixture.Load(spec, seed: 1);
        using TrainingData other = _fixture.Load(spec, seed: 2);

        Assert.Equal(SamplesOf(one.Validation), SamplesOf(same.Validation));
        Assert.NotEqual(SamplesOf(one.Validation), SamplesOf(other.Validation));
        Assert.Empty(SamplesOf(one.Validation).Intersect(SamplesOf(one.Training)));
    }

    [Theory]
    [InlineData("val")]
    [InlineData("valid")]
    [InlineData("validation")]
    public void Load_FoldersPerSplit_AreTakenAsTheyAre(string validation)
    {
        SampleImages.WriteClasses(Folder, "train", 5, "a", "b");
        SampleImages.WriteClasses(Folder, validation, 2, "a", "b");
        SampleImages.WriteClasses(Folder, "test", 3, "a", "b");

        using TrainingData data = _fixture.Load("imagefolder");

        Assert.Equal((10, 4, 6), (data.Training.Count, data.Validation.Count, data.Test!.Count));
    }

    [Fact]
    public void Load_Limit_TakesSoManyAndAFifthOfTheOthers()
    {
        SampleImages.WriteClasses(Folder, "train", 10, "a", "b");
        SampleImages.WriteClasses(Folder, "test", 10, "a", "b");

        using TrainingData data = _fixture.Load(new DatasetSpec { Name = "imagefolder", Path = Folder.Path, Limit = 10 });

        Assert.Equal((10, 2, 2), (data.Training.Count, data.Validation.Count, data.Test!.Count));
    }

    /// <summary>Every format and mode; the image has one color, so that any size and crop of it is known.</summary>
    [Fact]
    public void Load_MixedFormatsModesAndSizes_AreAllDecodedToRgb()
    {
        SampleImages.Write(Folder.File("0", "grey.jpg"), new SKColor(100, 100, 100), type: SKColorType.Gray8);
        SampleImages.Write(Folder.File("1", "alpha.png"), new SKColor(200, 0, 100, 51), width: 7, height: 90);
        File.WriteAllBytes(Folder.File("2", "deep.png"), Convert.FromBase64String(DeepPng));
        SampleImages.Write(Folder.File("3", "web.webp"), new SKColor(30, 160, 60));
        SampleImages.WriteBmp(Folder.File("4", "bitmap.BMP"), new SKColor(1, 2, 3));
        File.WriteAllBytes(Folder.File("5", "cmyk.jpeg"), Convert.FromBase64String(CmykJpeg));
        foreach (string label in (string[])["0", "1", "2", "3", "4", "5"])
        {
            SampleImages.Write(Folder.File(label, "z.png"), SKColors.White);
        }

        using TrainingData data = _fixture.Load("imagefolder");

        AssertColor(data, 0, 100, 100, 100);
        AssertColor(data, 2, 244, 204, 224);
        AssertColor(data, 4, 10, 20, 250);
        AssertColor(data, 6, 30, 160, 60);
        AssertColor(data, 8, 1, 2, 3);
        AssertColor(data, 10, 0, 128, 255);
    }

    [Fact]
    public void Load_PathMissingOrAFile_NamesIt()
    {
        string missing = Path.Combine(Folder.Path, "nowhere");
        string file = Folder.File("file");
        File.WriteAllText(file, "");

        Assert.Contains($"does not exist on this worker: \"{missing}\"", _fixture.Fail(new DatasetSpec { Name = "imagefolder", Path = missing }), StringComparison.Ordinal);
        Assert.Contains($"is a file: \"{file}\"", _fixture.Fail(new DatasetSpec { Name = "imagefolder", Path = file }), StringComparison.Ordinal);
        Assert.Contains("needs a path", _fixture.Fail(new DatasetSpec { Name = "imagefolder" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_SaysWhatIsExpected() =>
        Assert.Equal(
            $"\"{Folder.Path}\" has no sub-folders; expected one sub-folder per class with JPEG, PNG, BMP, WebP or GIF files in it",
            _fixture.Fail("imagefolder"));

    [Fact]
    public void Load_OneClass_NamesIt()
    {
        SampleImages.WriteClasses(Folder, "", 3, "only");

        Assert.Contains("has only one class, \"only\"; at least two are needed", _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClassWithoutImages_NamesIt()
    {
        SampleImages.WriteClasses(Folder, "", 3, "a", "b");
        File.WriteAllText(Folder.File("hollow", "notes.txt"), "no image");

        Assert.Contains("class \"hollow\" has no image", _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClassUnknownToTraining_NamesIt()
    {
        SampleImages.WriteClasses(Folder, "train", 3, "a", "b");
        SampleImages.WriteClasses(Folder, "val", 3, "b", "c");
        Assert.Contains("has a class \"c\" that the training images do not have", _fixture.Fail("imagefolder"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClassMissingInASplit_KeepsTheLabels()
    {
        SampleImages.WriteClasses(Folder, "Train", 3, "a", "b", "c");
        SampleImages.WriteClasses(Folder, "Val", 2, "a", "c");

        using TrainingData data = _fixture.Load("imagefolder");

        Assert.Equal([0, 0, 2, 2], LabelsOf(data.Validation));
        Assert.Contains(data.Reading!.Notes, note => note is { Kind: DatasetNoteKind.AbsentClass, IsWarning: true } && note.Text.Contains("\"b\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_GifAndJfif_AreDecoded()
    {
        SampleImages.WriteGif(Folder.File("0", "a.gif"), new SKColor(200, 100, 0), new SKColor(0, 0, 255));
        SampleImages.Write(Folder.File("1", "a.jpg"), new SKColor(30, 160, 60));
        File.Move(Folder.File("1", "a.jpg"), Folder.File("1", "a.JFIF"));
        foreach (string label in (string[])["0", "1"])
        {
            SampleImages.Write(Folder.File(label, "z.png"), SKColors.White);
        }

        using TrainingData data = _fixture.Load("imagefolder");

        AssertColor(data, 0, 200, 100, 0);
        AssertColor(data, 2, 30, 160, 60);
    }

    [Fact]
    public void Load_OutsideTheRoots_IsRefused()
    {
        using var restricted = new DataFixture(roots: Path.Combine(Folder.Path, "allowed"));
        SampleImages.WriteClasses(Folder, "allowed", 3, "a", "b");
        SampleImages.WriteClasses(Folder, "allowed-too", 3, "a", "b");

        restricted.Load(new DatasetSpec { Name = "imagefolder", Path = Path.Combine(Folder.Path, "allowed") }).Dispose();
        foreach (string path in (string[])["allowed-too", Path.Combine("allowed", "..", "allowed-too"), "."])
        {
            string message = restricted.Fail(new DatasetSpec { Name = "imagefolder", Path = Path.Combine(Folder.Path, path) }, FailureKind.Invalid);
            Assert.Contains("outside the folders that this worker may read", message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _fixture.Dispose();

    private static long[] LabelsOf(ImageSplit split)
    {
        ImageBatch batch = split.Batch([.. Enumerable.Range(0, split.Count)], torch.CPU);
        return batch.Labels.data<long>().ToArray();
    }

    private static int[] SamplesOf(ImageSplit split) => split.Batch([.. Enumerable.Range(0, split.Count)], torch.CPU).Samples;

    private static void AssertColor(TrainingData data, int sample, int red, int green, int blue)
    {
        using torch.Tensor image = data.Training.Images.Pixels[sample];
        int[] expected = [red, green, blue];
        for (int i = 0; i < 3 * 256; i++)
        {
            Assert.InRange((int)image.bytes[i], expected[i / 256] - 3, expected[i / 256] + 3);
        }
    }

    /// <summary>9×5 pixels with 16 bits per channel: red 10, green 20, blue 250 of 255.</summary>
    private const string DeepPng =
        "iVBORw0KGgoAAAANSUhEUgAAAAkAAAAFEAIAAABIoY1/AAAAFUlEQVR42mPg4hIR+fWLVJJhGGsDADqHYnHtHP6WAAAAAElFTkSuQmCC";

    /// <summary>8×8 pixels of cyan 1, magenta 0.5, yellow 0, black 0.</summary>
    private const string CmykJpeg =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgACAAIBE" +
        "MRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHw" +
        "JDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxs" +
        "fIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD8qqK/VOv1Tr//2Q==";
}
