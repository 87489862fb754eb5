using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Training.Pretrained.Stored;

namespace Experiments.GpuWorker.Tests.Training.Pretrained.Stored;

public sealed class StoredNormalizationTests
{
    private const string Mean = "[0.5, 0.4, 0]";
    private const string Deviation = "[0.2, 0.25, 1]";

    [Fact]
    public void Of_TextsOfAFile_AreTaken()
    {
        Normalization? stored = Of(Mean, Deviation);

        Assert.Equal([0.5, 0.4, 0], stored!.Mean);
        Assert.Equal([0.2, 0.25, 1], stored.Deviation);
    }

    [Fact]
    public void Of_NoTexts_UsesTheNameOfTheFile()
    {
        Assert.Equal([0.485, 0.456, 0.406], Of(null, null, "resnet18-f37072fd.pth")!.Mean);
        Assert.Null(Of(null, null));
    }

    [Theory]
    [InlineData("[123.675, 116.28, 103.53]", Deviation, "its text \"mean\" is [123.675, 116.28, 103.53]; expected three numbers from 0 to 1", "for pixels from 0 to 255 have to be divided by 255")]
    [InlineData(Mean, "[58.395, 57.12, 57.375]", "its text \"deviation\" is [58.395, 57.12, 57.375]; expected three numbers above 0, at most 1", "divided by 255")]
    [InlineData(Mean, "[0.2, 0, 0.2]", "its text \"deviation\" is [0.2, 0, 0.2]", "[0.229, 0.224, 0.225]")]
    [InlineData(Mean, "[0.2, -0.1, 0.2]", "is [0.2, -0.1, 0.2]", "with neither mean nor deviation")]
    [InlineData(Mean, "[0.2, NaN, 0.2]", "is [0.2, NaN, 0.2]", "")]
    [InlineData("[0.5]", "[0.5]", "its text \"mean\" is [0.5]; expected three numbers", "")]
    [InlineData("imagenet", Deviation, "its text \"mean\" is imagenet", "")]
    [InlineData("[-0.1, 0.4, 0.4]", Deviation, "is [-0.1, 0.4, 0.4]", "")]
    [InlineData("null", Deviation, "its text \"mean\" is null", "")]
    [InlineData(Mean, null, "its texts name a mean and no deviation; expected three numbers above 0", "")]
    [InlineData(null, Deviation, "its texts name a deviation and no mean", "")]
    public void Of_TextsThatCannotBeMeant_AreRefusedAndQuoted(string? mean, string? deviation, string reason, string advice)
    {
        SafetensorsException failure = Assert.Throws<SafetensorsException>(() => Of(mean, deviation, "resnet18-f37072fd.pth"));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[0.20, 0.25, 1.0]")]
    public void Of_DeviationUnderItsUsualName_IsTaken(string? deviation)
    {
        Normalization? stored = StoredNormalization.Of("own.safetensors", Texts(Mean, deviation, std: Deviation));

        Assert.Equal([0.5, 0.4, 0], stored!.Mean);
        Assert.Equal([0.2, 0.25, 1], stored.Deviation);
    }

    [Theory]
    [InlineData(Mean, "[0.3, 0.3, 0.3]", Deviation, "its texts \"deviation\" and \"std\" mean the same and differ: [0.3, 0.3, 0.3] and [0.2, 0.25, 1]; save the file")]
    [InlineData(Mean, null, "[58.395, 57.12, 57.375]", "its text \"std\" is [58.395, 57.12, 57.375]; expected three numbers above 0, at most 1")]
    [InlineData(null, null, Deviation, "its texts name a std and no mean")]
    public void Of_UsualNameThatCannotBeMeant_IsRefusedAndQuoted(string? mean, string? deviation, string std, string reason) => Assert.Contains(
        reason, Assert.Throws<SafetensorsException>(() => StoredNormalization.Of("own.safetensors", Texts(mean, deviation, std))).Message, StringComparison.Ordinal);

    private static Normalization? Of(string? mean, string? deviation, string file = "own.safetensors") =>
        StoredNormalization.Of(file, Texts(mean, deviation));

    private static Dictionary<string, string> Texts(string? mean, string? deviation, string? std = null)
    {
        var texts = new Dictionary<string, string>();
        if (mean is not null)
        {
            texts["mean"] = mean;
        }

        if (deviation is not null)
        {
            texts["deviation"] = deviation;
        }

        if (std is not null)
        {
            texts["std"] = std;
        }

        return texts;
    }
}
