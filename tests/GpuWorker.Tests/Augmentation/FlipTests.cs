using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

public sealed class FlipTests
{
    [Theory]
    [InlineData("flip", 3)]
    [InlineData("""[{"verticalFlip":{}}]""", 2)]
    public void Apply_ManySamples_MirrorsAboutHalfOfThem(string augmentation, int dimension)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand(1, 3, 12, 12, generator: new Generator(5)).expand(1000, -1, -1, -1).contiguous();

        Tensor result = ImageAugmentation.Of(augmentation).Apply(
            images.clone(), [.. Enumerable.Range(0, 1000).Select(sample => CounterRandom.For(42, RandomPurpose.Augmentation, 0, sample))]);

        long same = result.eq(images).view(1000, -1).all(1).sum().item<long>();
        long mirrored = result.eq(images.flip(dimension)).view(1000, -1).all(1).sum().item<long>();
        Assert.Equal(1000, same + mirrored);
        Assert.InRange(mirrored, 450, 550);
    }
}
