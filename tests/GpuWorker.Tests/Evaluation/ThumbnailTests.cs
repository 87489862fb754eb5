using Experiments.GpuWorker.Evaluation;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Evaluation;

public class ThumbnailTests
{
    [Theory]
    [InlineData(8, 8)]
    [InlineData(224, 128)]
    public void Encode_Image_KeepsItsColoursAndBoundsItsSize(int side, int shown)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = zeros([3, side, side], ScalarType.Byte);
        pixels[0].fill_(200);
        pixels[2].fill_(40);
        pixels[1][..(side / 2)].fill_(90);

        using SKBitmap picture = SKBitmap.Decode(Thumbnail.Encode(pixels));

        Assert.Equal((shown, shown), (picture.Width, picture.Height));
        Assert.Equal(new SKColor(200, 90, 40), picture.GetPixel(shown - 1, 0));
        Assert.Equal(new SKColor(200, 0, 40), picture.GetPixel(0, shown - 1));
    }
}
