namespace Experiments.GpuWorker.Data;

/// <summary>
/// Scales an image so that its shorter side fits, then cuts out the centre: torchvision's Resize (bilinear, antialiased) and
/// CenterCrop. Shrinking averages over the whole area that a pixel covers; enlarging is plain bilinear.
/// </summary>
internal static class ImageResizer
{
    /// <param name="image">Of any size.</param>
    /// <param name="side">Pixels a side of the result.</param>
    /// <param name="planes">Where the result goes: 3 × side × side bytes, one plane per channel.</param>
    public static void Fit(RgbImage image, int side, Span<byte> planes)
    {
        int shorter = Math.Min(image.Width, image.Height);
        ResizeAxis columns = ResizeAxis.Create(image.Width, shorter, side);
        ResizeAxis rows = ResizeAxis.Create(image.Height, shorter, side);
        float[] narrowed = Narrow(image, columns, side);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    float value = 0;
                    for (int i = 0; i < rows.Weights[y].Length; i++)
                    {
                        value += rows.Weights[y][i] * narrowed[((((rows.Starts[y] + i) * side) + x) * 3) + channel];
                    }

                    planes[(((channel * side) + y) * side) + x] = (byte)Math.Clamp(MathF.Round(value), 0, 255);
                }
            }
        }
    }

    /// <summary>Scales the columns: Height × side × 3.</summary>
    private static float[] Narrow(RgbImage image, ResizeAxis columns, int side)
    {
        float[] result = new float[image.Height * side * 3];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < side; x++)
            {
                int from = ((y * image.Width) + columns.Starts[x]) * 3;
                int to = ((y * side) + x) * 3;
                foreach (float weight in columns.Weights[x])
                {
                    result[to] += weight * image.Pixels[from];
                    result[to + 1] += weight * image.Pixels[from + 1];
                    result[to + 2] += weight * image.Pixels[from + 2];
                    from += 3;
                }
            }
        }

        return result;
    }
}
