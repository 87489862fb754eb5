using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Requests;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Tests.Data;
using Experiments.ServiceDefaults.Files;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Requests;

public sealed class AugmentationPreviewerTests
{
    private static readonly PreviewAugmentation Digits = new()
    {
        Augmentation = """[{"horizontalFlip":{"probability":1}}]""",
        Dataset = new DatasetSpec { Name = "digits" },
        ImageSize = 32,
        Seed = 7,
    };

    private static readonly HttpClient Client = new();

    private readonly AugmentationPreviewer _previewer = new(
        new DatasetFolder(new AllowedFolders([])),
        DataFixture.NewDownloads(new DatasetOptions { Cache = "/nowhere" }, Client),
        new ImageDecoder(1));

    [Fact]
    public void Show_FlipOfEveryImage_ShowsEachMirrored()
    {
        AugmentationPreview preview = Show(Digits);

        Assert.Equal(8, preview.Original.Count);
        Assert.Equal(8, preview.Original.Select(Convert.ToBase64String).Distinct().Count());
        Assert.All(preview.Original.Zip(preview.Augmented), pair =>
        {
            using var before = SKBitmap.Decode(pair.First);
            using var after = SKBitmap.Decode(pair.Second);
            Assert.Equal((32, 32), (after.Width, after.Height));
            Assert.All(Enumerable.Range(0, 32 * 32), i => Assert.Equal(before.GetPixel(31 - (i % 32), i / 32), after.GetPixel(i % 32, i / 32)));
        });
    }

    [Fact]
    public void Show_SameSeed_ShowsTheSameAndAnotherSeedOthers()
    {
        PreviewAugmentation request = Digits with { Augmentation = "standard", Count = 4 };

        Assert.Equal(Show(request).Augmented, Show(request).Augmented);
        Assert.NotEqual(Show(request).Original, Show(request with { Seed = 8 }).Original);
        Assert.NotEqual(Show(request).Original, Show(request).Augmented);
    }

    [Fact]
    public void Show_NoSize_IsRefused() =>
        Assert.Contains("-1 pixels", Assert.Throws<TrainingException>(() => Show(Digits with { ImageSize = -1 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Show_LargeImages_AreSentSmaller()
    {
        using var image = SKBitmap.Decode(Show(Digits with { ImageSize = 1024, Count = 1 }).Original.Single());

        Assert.Equal(256, image.Width);
    }

    [Theory]
    [InlineData("nothing", "digits", null, FailureKind.Invalid, "unknown augmentation: \"nothing\"")]
    [InlineData("flip", "imagefolder", "/nowhere", FailureKind.Data, "does not exist on this worker")]
    [InlineData("flip", "cifar100", null, FailureKind.Data, "is not on this worker yet")]
    [InlineData("flip", "svhn", null, FailureKind.Invalid, "this worker knows no data set \"svhn\"")]
    public void Show_BadRequest_SaysWhy(string augmentation, string dataset, string? path, FailureKind kind, string reason)
    {
        TrainingException failure = Assert.Throws<TrainingException>(() =>
            Show(Digits with { Augmentation = augmentation, Dataset = new DatasetSpec { Name = dataset, Path = path } }));

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private AugmentationPreview Show(PreviewAugmentation request) => _previewer.Show(request, TestContext.Current.CancellationToken);
}
