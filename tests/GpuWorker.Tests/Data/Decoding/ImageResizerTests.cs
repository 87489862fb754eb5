using Experiments.GpuWorker.Data.Decoding;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Data.Decoding;

public class ImageResizerTests
{
    /// <summary>libtorch's antialiased bilinear interpolation is the reference.</summary>
    [Theory]
    [InlineData(8, 8, 32)]
    [InlineData(32, 32, 32)]
    [InlineData(50, 50, 20)]
    [InlineData(60, 40, 20)]
    [InlineData(33, 70, 24)]
    [InlineData(5, 9, 16)]
    public void Fit_AnySize_AgreesWithTorchsResizeAndCentreCrop(int width, int height, int side)
    {
        using DisposeScope scope = NewDisposeScope();
        var image = new RgbImage(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * i * 31 % 251))]);
        byte[] planes = new byte[3 * side * side];

        ImageResizer.Fit(image, side, planes);

        int shorter = Math.Min(width, height);
        int resizedWidth = width * side / shorter;
        int resizedHeight = height * side / shorter;
        Tensor source = tensor(image.Pixels).view(1, height, width, 3).permute(0, 3, 1, 2).to_type(ScalarType.Float32);
        Tensor resized = nn.functional.interpolate(source, [resizedHeight, resizedWidth], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
        Tensor expected = resized
            .narrow(2, (int)Math.Round((resizedHeight - side) / 2.0), side)
            .narrow(3, (int)Math.Round((resizedWidth - side) / 2.0), side);
        Tensor difference = (tensor(planes).view(1, 3, side, side).to_type(ScalarType.Float32) - expected).abs().max();
        Assert.InRange(difference.item<float>(), 0, 0.51f);
    }
}
