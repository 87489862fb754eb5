using System.Numerics;
using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>rgb_to_grayscale</c>.</summary>
internal static class Grey
{
    private const float Red = 0.2989f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <returns>[N, 1, S, S].</returns>
    public static Tensor Of(Tensor images) =>
        (images.narrow(1, 0, 1) * Red) + (images.narrow(1, 1, 1) * Green) + (images.narrow(1, 2, 1) * Blue);

    /// <summary>The gray image, in the first third of the scratch memory.</summary>
    public static ReadOnlySpan<float> Of(PixelImage image)
    {
        Span<float> grey = image.Scratch[..(image.Side * image.Side)];
        Span<float> red = image.Plane(0);
        Span<float> green = image.Plane(1);
        Span<float> blue = image.Plane(2);
        int i = 0;
        for (; i <= grey.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((new Vector<float>(red[i..]) * Red) + (new Vector<float>(green[i..]) * Green) + (new Vector<float>(blue[i..]) * Blue)).CopyTo(grey[i..]);
        }

        for (; i < grey.Length; i++)
        {
            grey[i] = (red[i] * Red) + (green[i] * Green) + (blue[i] * Blue);
        }

        return grey;
    }

    /// <summary>The mean of the gray image, summed in an order that gives the same result on every processor.</summary>
    public static float MeanOf(PixelImage image)
    {
        double mean = (Red * Sum(image.Plane(0))) + (Green * Sum(image.Plane(1))) + (Blue * Sum(image.Plane(2)));
        return (float)(mean / (image.Side * image.Side));
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }

        for (; i < values.Length; i++)
        {
            a += values[i];
        }

        return a + b + (c + d);
    }
}
