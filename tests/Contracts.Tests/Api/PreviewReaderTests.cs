using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Tests.Api;

public sealed class PreviewReaderTests
{
    [Fact]
    public void TryRead_NamesAlone_TakesDefaults()
    {
        Assert.True(PreviewReader.TryRead(
            SpecBuilder.Json("""{ "augmentation": "standard", "dataset": "digits" }"""), out PreviewAugmentation? request, out _));

        Assert.Equal(
            new PreviewAugmentation { Augmentation = "standard", Dataset = new DatasetSpec { Name = "digits" }, ImageSize = 32, Seed = 42, Count = 8 },
            request);
    }

    [Fact]
    public void TryRead_Everything_KeepsIt()
    {
        Assert.True(PreviewReader.TryRead(
            SpecBuilder.Json("""{ "augmentation": ["verticalFlip"], "dataset": { "name": "imagefolder", "path": "/data" }, "imageSize": 64, "seed": 7 }"""),
            out PreviewAugmentation? request,
            out _));

        Assert.Equal(
            new PreviewAugmentation
            {
                Augmentation = """[{"verticalFlip":{"probability":0.5}}]""",
                Dataset = new DatasetSpec { Name = "imagefolder", Path = "/data" },
                ImageSize = 64,
                Seed = 7,
            },
            request);
    }

    [Fact]
    public void TryRead_BadValues_TellsAllByPath()
    {
        Assert.False(PreviewReader.TryRead(
            SpecBuilder.Json("""{ "augmentation": ["flipp", "rotation", { "rotation": { "degrees": 999 } }], "dataset": "digitz", "imageSize": 1, "seed": "x", "size": 3 }"""),
            out _,
            out IReadOnlyDictionary<string, string[]> errors));

        Assert.Equal(["augmentation[0]", "augmentation[2].rotation.degrees", "dataset", "imageSize", "seed", "size"], errors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("augmentation", PreviewErrors("{}").Keys);
        Assert.Contains("dataset", PreviewErrors("{}").Keys);
        Assert.Contains("$", PreviewErrors("[]").Keys);
    }

    private static IReadOnlyDictionary<string, string[]> PreviewErrors(string json)
    {
        Assert.False(PreviewReader.TryRead(SpecBuilder.Json(json), out _, out IReadOnlyDictionary<string, string[]> errors));
        return errors;
    }
}
