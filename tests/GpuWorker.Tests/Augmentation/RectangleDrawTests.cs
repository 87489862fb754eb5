using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Tests.Augmentation;

/// <summary>Rectangles are drawn within the given areas and ratios.</summary>
public sealed class RectangleDrawTests
{
    private const int Side = 100;

    [Fact]
    public void ResizedCrop_ManySamples_StaysWithinScaleAndRatio() =>
        Assert.All(Draw(new RandomResizedCrop(0.1, 0.5, 0.5, 2)), part =>
        {
            Assert.InRange(part.Top + part.Height, 1, Side);
            Assert.InRange(part.Left + part.Width, 1, Side);
            Assert.InRange(part.Height * part.Width / (double)(Side * Side), 0.095, 0.51);
            Assert.InRange(part.Width / (double)part.Height, 0.48, 2.1);
        });

    [Fact]
    public void ResizedCrop_RatioThatNeverFits_TakesTheMiddle() =>
        Assert.All(Draw(new RandomResizedCrop(0.9, 1, 4, 5)), part => Assert.Equal(new Rectangle(37, 0, 25, 100), part));

    [Fact]
    public void Erasing_ManySamples_StaysWithinAreaAndRatio()
    {
        Rectangle[] parts = Draw(new RandomErasing(0.5, 0.02, 0.33, 0.3, 3.3));
        Rectangle[] erased = [.. parts.Where(part => part != default)];

        Assert.InRange(erased.Length, 440, 560);
        Assert.All(erased, part =>
        {
            Assert.InRange(part.Top + part.Height, 1, Side);
            Assert.InRange(part.Left + part.Width, 1, Side);
            Assert.InRange(part.Height * part.Width / (double)(Side * Side), 0.018, 0.34);
            Assert.InRange(part.Height / (double)part.Width, 0.27, 3.6);
        });
    }

    private static Rectangle[] Draw(Transform<Rectangle> transform) =>
    [
        .. Enumerable.Range(0, 1000).Select(sample =>
        {
            var random = CounterRandom.For(42, RandomPurpose.Augmentation, 0, sample);
            return transform.Draw(ref random, Side);
        }),
    ];
}
