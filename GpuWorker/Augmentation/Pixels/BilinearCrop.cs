using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>torchvision's <c>resized_crop</c>: a part of an image scaled to the size of the whole, bilinearly between the centers of pixels.</summary>
internal static class BilinearCrop
{
    public static void Apply(PixelImage image, Rectangle part)
    {
        int side = image.Side;
        ReadOnlySpan<float> source = image.Copy();
        Span<int> left = side <= 1024 ? stackalloc int[side] : new int[side];
        Span<float> shares = side <= 1024 ? stackalloc float[side] : new float[side];
        for (int x = 0; x < side; x++)
        {
            (left[x], shares[x]) = SourceOf(x, part.Width, side);
        }

        for (int y = 0; y < side; y++)
        {
            (int top, float share) = SourceOf(y, part.Height, side);
            int below = Math.Min(top + 1, part.Height - 1);
            for (int channel = 0; channel < 3; channel++)
            {
                ReadOnlySpan<float> upper = source.Slice((((channel * side) + part.Top + top) * side) + part.Left, part.Width);
                ReadOnlySpan<float> lower = source.Slice((((channel * side) + part.Top + below) * side) + part.Left, part.Width);
                Span<float> target = image.Plane(channel).Slice(y * side, side);
                for (int x = 0; x < target.Length; x++)
                {
                    int right = Math.Min(left[x] + 1, part.Width - 1);
                    float above = Mix(upper[left[x]], upper[right], shares[x]);
                    target[x] = Mix(above, Mix(lower[left[x]], lower[right], shares[x]), share);
                }
            }
        }
    }

    /// <param name="images">float32 [N, 3, S, S].</param>
    /// <param name="parts">One per image.</param>
    public static Tensor Apply(Tensor images, Rectangle[] parts)
    {
        Tensor rows = Along(images, 2, parts, part => part.Top, part => part.Height);
        return Along(rows, 3, parts, part => part.Left, part => part.Width);
    }

    private static Tensor Along(Tensor images, int dimension, Rectangle[] parts, Func<Rectangle, int> startOf, Func<Rectangle, int> lengthOf)
    {
        int side = (int)images.shape[dimension];
        long[] before = new long[parts.Length * side];
        long[] after = new long[before.Length];
        float[] shares = new float[before.Length];
        for (int i = 0; i < before.Length; i++)
        {
            Rectangle part = parts[i / side];
            (int place, shares[i]) = SourceOf(i % side, lengthOf(part), side);
            before[i] = startOf(part) + place;
            after[i] = startOf(part) + Math.Min(place + 1, lengthOf(part) - 1);
        }

        long[] shape = [parts.Length, 1, dimension == 2 ? side : 1, dimension == 3 ? side : 1];
        Tensor first = images.gather(dimension, tensor(before, device: images.device).view(shape).expand_as(images));
        Tensor second = images.gather(dimension, tensor(after, device: images.device).view(shape).expand_as(images));
        return first.lerp_(second, tensor(shares, device: images.device).view(shape));
    }

    /// <summary>The pixel before the source position of a pixel of the result, and the distance from it, in pixels.</summary>
    private static (int Place, float Share) SourceOf(int target, int length, int side)
    {
        double place = Math.Max(0, ((target + 0.5) * length / side) - 0.5);
        return ((int)place, (float)(place - (int)place));
    }

    private static float Mix(float a, float b, float share) => a + ((b - a) * share);
}
