using System.Numerics;
using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>adjust_hue</c>: rotates the hue by a fraction of the color circle, in HSV.</summary>
internal sealed class Hue : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        Span<float> red = image.Plane(0);
        Span<float> green = image.Plane(1);
        Span<float> blue = image.Plane(2);
        float turn = amount * 6;
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= red.Length - width; i += width)
        {
            Turn(new Vector<float>(red[i..]), new Vector<float>(green[i..]), new Vector<float>(blue[i..]), turn, red[i..], green[i..], blue[i..]);
        }

        if (i == red.Length)
        {
            return;
        }

        // The rest, padded with black to a whole vector.
        int rest = red.Length - i;
        Span<float> last = stackalloc float[3 * width];
        last.Clear();
        red[i..].CopyTo(last);
        green[i..].CopyTo(last[width..]);
        blue[i..].CopyTo(last[(2 * width)..]);
        Turn(
            new Vector<float>(last), new Vector<float>(last[width..]), new Vector<float>(last[(2 * width)..]),
            turn, last, last[width..], last[(2 * width)..]);
        last[..rest].CopyTo(red[i..]);
        last.Slice(width, rest).CopyTo(green[i..]);
        last.Slice(2 * width, rest).CopyTo(blue[i..]);
    }

    public Tensor Apply(Tensor images, Tensor amounts)
    {
        Tensor value = images.amax([1], keepdim: true);
        Tensor range = value - images.amin([1], keepdim: true);
        Tensor hue = HueOf(images, value, range) + (amounts * 6);

        // Channel n of (5, 3, 1) for red, green and blue: value - range * clamp(min(k, 4 - k), 0, 1) with k = (n + hue) mod 6.
        Tensor channels = tensor(new float[] { 5, 3, 1 }, device: images.device).view(1, 3, 1, 1);
        Tensor k = (channels + hue).remainder(6);
        return (value - (range * minimum(k, 4 - k).clamp_(0, 1))).clamp_(0, 1);
    }

    private static void Turn(
        Vector<float> red, Vector<float> green, Vector<float> blue, float turn, Span<float> newRed, Span<float> newGreen, Span<float> newBlue)
    {
        Vector<float> value = Vector.Max(red, Vector.Max(green, blue));
        Vector<float> range = value - Vector.Min(red, Vector.Min(green, blue));
        Vector<float> divisor = Vector.ConditionalSelect(Vector.Equals(range, Vector<float>.Zero), Vector<float>.One, range);
        Vector<float> fromRed = (green - blue) / divisor;
        Vector<float> fromGreen = ((blue - red) / divisor) + new Vector<float>(2f);
        Vector<float> fromBlue = ((red - green) / divisor) + new Vector<float>(4f);
        Vector<float> hue = new Vector<float>(turn) + Vector.ConditionalSelect(
            Vector.Equals(value, red), fromRed, Vector.ConditionalSelect(Vector.Equals(value, green), fromGreen, fromBlue));
        ChannelOf(hue + new Vector<float>(5f), value, range).CopyTo(newRed);
        ChannelOf(hue + new Vector<float>(3f), value, range).CopyTo(newGreen);
        ChannelOf(hue + Vector<float>.One, value, range).CopyTo(newBlue);
    }

    /// <param name="k">Between -6 and 18.</param>
    private static Vector<float> ChannelOf(Vector<float> k, Vector<float> value, Vector<float> range)
    {
        var six = new Vector<float>(6f);
        k = Vector.ConditionalSelect(Vector.LessThan(k, Vector<float>.Zero), k + six, k);
        k = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(k, six), k - six, k);
        k = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(k, six), k - six, k);
        Vector<float> share = Blending.Clamp(Vector.Min(k, new Vector<float>(4f) - k));
        return Blending.Clamp(value - (range * share));
    }

    /// <summary>The hue in sixths of the circle; 0 for gray.</summary>
    private static Tensor HueOf(Tensor images, Tensor value, Tensor range)
    {
        Tensor divisor = where(range == 0, ones_like(range), range);
        Tensor red = images.narrow(1, 0, 1);
        Tensor green = images.narrow(1, 1, 1);
        Tensor blue = images.narrow(1, 2, 1);
        Tensor fromRed = (green - blue) / divisor;
        Tensor fromGreen = ((blue - red) / divisor) + 2;
        Tensor fromBlue = ((red - green) / divisor) + 4;
        return where(value == red, fromRed, where(value == green, fromGreen, fromBlue));
    }
}
