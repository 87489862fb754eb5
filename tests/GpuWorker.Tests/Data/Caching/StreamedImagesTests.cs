using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Splits;
using TorchSharp;

namespace Experiments.GpuWorker.Tests.Data.Caching;

/// <summary>Data sets that do not fit into the budget.</summary>
public sealed class StreamedImagesTests : IDisposable
{
    private const int Side = 24;

    private readonly DataFixture _large = new();
    private readonly DataFixture _small = new(budget: 1);

    public StreamedImagesTests()
    {
        for (int i = 0; i < 12; i++)
        {
            // Some are decoded at reduced size, some at full size.
            SampleImages.WriteGradient(_large.Folder.File("a", $"{i}.jpg"), 20 + (17 * i), 30 + (11 * i));
            SampleImages.WriteGradient(_large.Folder.File("b", $"{i}.png"), 90 - (3 * i), 40);
        }
    }

    private DatasetSpec Spec => new() { Name = "imagefolder", Path = _large.Folder.Path };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_Streamed_IsWhatIsKeptOtherwise(bool ahead)
    {
        using TrainingData kept = _large.Load(Spec, Side);
        using TrainingData streamed = _small.Load(Spec, Side);
        int[][] batches = [[3, 0, 7], [1], [18, 2, 5, 9, 4], [3]];

        Assert.Equal((true, false), (kept.Training.IsKept, streamed.Training.IsKept));
        Assert.Equal(kept.Statistics.Mean, streamed.Statistics.Mean);
        Assert.Equal(kept.Statistics.Deviation, streamed.Statistics.Deviation);
        Assert.Equal([10L, 10L], streamed.Training.CountClasses(2));
        Assert.Equal([2L, 2L], kept.Validation.CountClasses(2));
        using IDisposable? prefetch = ahead ? streamed.Training.Prefetch(batches) : null;
        foreach (int[] batch in batches)
        {
            AssertSame(kept.Training, streamed.Training, batch);
        }

        AssertSame(kept.Validation, streamed.Validation, [0, 1, 2]);
    }

    [Fact]
    public void Batch_OtherThanAnnounced_IsReadAllTheSame()
    {
        using TrainingData kept = _large.Load(Spec, Side);
        using TrainingData streamed = _small.Load(Spec, Side);

        using (streamed.Training.Prefetch([[0, 1], [2, 3]]))
        {
            AssertSame(kept.Training, streamed.Training, [5, 6]);
            AssertSame(kept.Training, streamed.Training, [0, 1]);
            AssertSame(kept.Training, streamed.Training, [0, 1]);
            AssertSame(kept.Training, streamed.Training, [2, 3]);
            AssertSame(kept.Training, streamed.Training, [4]);
        }

        AssertSame(kept.Training, streamed.Training, [2, 3]);
    }

    [Fact]
    public void Batch_InAScope_EndsWithIt()
    {
        using TrainingData streamed = _small.Load(Spec, Side);
        using IDisposable? prefetch = streamed.Training.Prefetch([[0, 1]]);
        ImageBatch batch;
        using (torch.NewDisposeScope())
        {
            batch = streamed.Training.Batch([0, 1], torch.CPU);
        }

        Assert.True(batch.Pixels.IsInvalid);
    }

    [Fact]
    public void Load_CorruptImage_IsNamedAsWhenImagesAreKept()
    {
        File.WriteAllBytes(_large.Folder.File("a", "4.jpg"), [1, 2, 3]);
        File.WriteAllBytes(_large.Folder.File("b", "7.png"), []);

        string message = _small.Fail(Spec);

        Assert.Equal(_large.Fail(Spec), message);
        Assert.StartsWith("2 of 24 images", message, StringComparison.Ordinal);
        Assert.Equal(_large.Log.Entries, _small.Log.Entries);
    }

    [Fact]
    public void Load_SkipCorrupt_LeavesItOut()
    {
        File.WriteAllBytes(_large.Folder.File("a", "4.jpg"), [1, 2, 3]);

        using TrainingData streamed = _small.Load(Spec with { SkipCorrupt = true }, Side);

        Assert.Equal(23, streamed.Training.Count + streamed.Validation.Count);
        Assert.Single(_small.Log.Warnings);
    }

    public void Dispose()
    {
        _large.Dispose();
        _small.Dispose();
    }

    private static void AssertSame(ImageSplit kept, ImageSplit streamed, int[] batch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ImageBatch expected = kept.Batch(batch, torch.CPU);
        ImageBatch actual = streamed.Batch(batch, torch.CPU);
        Assert.Equal(expected.Pixels.bytes.ToArray(), actual.Pixels.bytes.ToArray());
        Assert.Equal(expected.Labels.data<long>().ToArray(), actual.Labels.data<long>().ToArray());
        Assert.Equal(expected.Samples, actual.Samples);
    }
}
