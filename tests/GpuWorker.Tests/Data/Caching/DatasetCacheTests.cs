using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Caching;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Data.Caching;

/// <summary>Decoded images that several runs share.</summary>
public sealed class DatasetCacheTests : IDisposable
{
    private readonly DataFixture _fixture = new();

    private TemporaryFolder Folder => _fixture.Folder;

    [Fact]
    public void Load_Again_TakesItFromTheCacheUntilAFileChanges()
    {
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        using TrainingData first = _fixture.Load("imagefolder");
        using TrainingData again = _fixture.Load("imagefolder");
        SampleImages.Write(Folder.File("a", "0.jpg"), SKColors.White, width: 50);
        using TrainingData changed = _fixture.Load("imagefolder");
        using TrainingData larger = _fixture.Load("imagefolder", size: 20);

        Assert.Same(first.Training.Images, again.Training.Images);
        Assert.NotSame(first.Training.Images, changed.Training.Images);
        Assert.NotSame(changed.Training.Images, larger.Training.Images);
    }

    [Fact]
    public void Load_LinkedImageHasChanged_DecodesItAgain()
    {
        using var elsewhere = new TemporaryFolder();
        string target = elsewhere.File("0.jpg");
        SampleImages.Write(target, SKColors.Black);
        SampleImages.WriteClasses(Folder, "", 5, "a", "b");
        File.CreateSymbolicLink(Folder.File("a", "linked.jpg"), target);
        using TrainingData first = _fixture.Load("imagefolder");
        SampleImages.Write(target, SKColors.White, width: 50);

        using TrainingData changed = _fixture.Load("imagefolder");

        Assert.NotSame(first.Training.Images, changed.Training.Images);
    }

    [Fact]
    public void Load_BudgetForOne_DropsUnusedImages()
    {
        using var fixture = new DataFixture(budget: 10 * 3 * 16 * 16);
        SampleImages.WriteClasses(fixture.Folder, "", 5, "a", "b");
        DecodedImages first;
        using (TrainingData data = fixture.Load("imagefolder"))
        {
            first = data.Training.Images;
            SampleImages.Write(fixture.Folder.File("a", "0.jpg"), SKColors.White, width: 50);
            using TrainingData streamed = fixture.Load("imagefolder");
            Assert.False(streamed.Training.IsKept);
            SampleImages.Write(fixture.Folder.File("a", "0.jpg"), SKColors.White, width: 60);
        }

        using TrainingData changed = fixture.Load("imagefolder");

        Assert.True(first.Pixels.IsInvalid);
        Assert.False(changed.Training.Images.Pixels.IsInvalid);
    }

    [Fact]
    public void Dispose_CacheWhileARunUsesIt_LeavesTheRunItsImages()
    {
        var fixture = new DataFixture();
        SampleImages.WriteClasses(fixture.Folder, "", 5, "a", "b");
        TrainingData data = fixture.Load("imagefolder");
        DecodedImages images = data.Training.Images;

        fixture.Dispose();
        Assert.False(images.Pixels.IsInvalid);

        data.Dispose();
        Assert.True(images.Pixels.IsInvalid);
    }

    public void Dispose() => _fixture.Dispose();
}
