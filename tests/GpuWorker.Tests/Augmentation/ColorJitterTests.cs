using Experiments.GpuWorker.Augmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Augmentation;

public sealed class ColorJitterTests : IDisposable
{
    private static readonly ColorJitter Jitter = new(0.2, 0.2, 0.2, 0.1);

    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>The expected values are torchvision 0.14's.</summary>
    [Theory]
    [InlineData(0.8, 1.2, 0.9, 0.1, new[] { 0, 1, 2, 3 }, new[] { 0.06609f, 0.75535f, 0.41408f, 0.65488f, 0.58449f, 0.16783f, 0.41408f, 0.01540f, 0.54993f, 0.15055f, 0.41408f, 0.82007f })]
    [InlineData(1.2, 0.8, 1.15, -0.1, new[] { 3, 2, 1, 0 }, new[] { 0.32411f, 0.90494f, 0.58908f, 0.11021f, 0.80987f, 0.26462f, 0.58908f, 0.51869f, 0.14747f, 1.00000f, 0.58908f, 1.00000f })]
    [InlineData(1, 1, 1, 0.05, new[] { 3, 0, 1, 2 }, new[] { 0.10000f, 0.90000f, 0.50000f, 0.53500f, 0.70000f, 0.20000f, 0.50000f, 0.05000f, 0.48000f, 0.39000f, 0.50000f, 1.00000f })]
    [InlineData(1.1, 0.95, 0.8, 0, new[] { 2, 0, 3, 1 }, new[] { 0.20553f, 0.87011f, 0.54515f, 0.27723f, 0.70713f, 0.28491f, 0.54515f, 0.11003f, 0.37273f, 0.61931f, 0.54515f, 0.90423f })]
    public void Apply_OneImage_AgreesWithTorchvision(double brightness, double contrast, double saturation, double hue, int[] order, float[] expected)
    {
        Tensor image = tensor(new float[] { 0.1f, 0.9f, 0.5f, 0.25f, 0.7f, 0.2f, 0.5f, 0.05f, 0.3f, 0.6f, 0.5f, 1 }).view(1, 3, 2, 2);

        Assert.All(
            BothForms.Of(Jitter, new ColorDraw(brightness, contrast, saturation, hue, ColorDraw.Pack(order)), image),
            actual => Assert.All(actual.data<float>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 4)));
    }

    [Fact]
    public void Apply_Batch_ChangesEachImageByItsOwnDraw()
    {
        Tensor images = rand(3, 3, 9, 9, generator: new Generator(5));
        Tensor before = images.clone();
        ColorDraw[] draws = [new(1, 1, 1, 0, ColorDraw.Pack([0, 1, 2, 3])), new(0.8, 1, 1, 0, ColorDraw.Pack([3, 2, 1, 0])), new(1, 1, 1, 0, ColorDraw.Pack([1, 0, 3, 2]))];

        Jitter.Apply(images, draws);

        Assert.True(images[0].allclose(before[0], atol: 1e-5));
        Assert.True(images[1].allclose(before[1] * 0.8, atol: 1e-5));
        Assert.True(images[2].allclose(before[2], atol: 1e-5));
    }

    [Fact]
    public void Apply_StrengthOfZero_LeavesThatChangeOut()
    {
        Tensor images = rand(1, 3, 9, 9, generator: new Generator(5));

        Assert.All(
            BothForms.Of(new ColorJitter(0, 0.2, 0, 0), new ColorDraw(0.5, 1, 0.5, 0.2, ColorDraw.Pack([0, 1, 2, 3])), images),
            actual => Assert.True(actual.allclose(images, atol: 1e-6)));
    }

    public void Dispose() => _scope.Dispose();
}
