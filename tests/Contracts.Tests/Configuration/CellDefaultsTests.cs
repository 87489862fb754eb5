
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Tests.Configuration;

public sealed class CellDefaultsTests
{
    /// <summary>Weights published for ImageNet fit only the large stem, whether given by name or by path.</summary>
    [Theory]
    [InlineData("none", true)]
    [InlineData("imagenet", false)]
    [InlineData("/weights/resnet18-f37072fd.pth", false)]
    [InlineData("/weights/mine.pth", true)]
    [InlineData("run:01m889p0e95mbhhct30p2504ep", true)]
    public void Resolve_SmallImages_TakeTheSmallStemUnlessTheWeightsArePublished(string pretrained, bool expected)
    {
        Hyperparameters cell = new() { Model = "resnet18", Pretrained = pretrained };

        Assert.Equal(expected, CellDefaults.Resolve(cell, new DatasetSpec { Name = "cifar10" }).SmallInput);
    }

    [Fact]
    public void Resolve_SmallInputThatIsSet_IsLeft()
    {
        Hyperparameters cell = new() { Model = "resnet18", Pretrained = "/weights/resnet18-f37072fd.pth", SmallInput = true };

        Assert.True(CellDefaults.Resolve(cell, new DatasetSpec { Name = "cifar10" }).SmallInput);
    }
}
