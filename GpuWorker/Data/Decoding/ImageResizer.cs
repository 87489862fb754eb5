using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>
/// Scales an image so that its shorter side fits, then crops the center: torchvision's Resize (bilinear, antialiased) and
/// CenterCrop. Shrinking averages over the whole area that a pixel covers; enlarging is plain bilinear.
/// </summary>
internal static class ImageResizer
{
    /// <param name="image">An image of any size.</param>
    /// <param name="side">Pixels a side of the result.</param>
    /// <param name="planes">The destination: 3 × side × side bytes, one plane per channel.</param>
    public static void Fit(RgbImage image, int side, Span<byte> planes) =>
        Fit(new StoredImage(image, image.Width, image.Height, 1, ImageOrientation.Upright), side, planes);

    /// <summary>Like <see cref="Fit(RgbImage, int, Span{byte})"/>, and upright. Rotation is free: mirrored axes are read backwards, swapped ones written transposed.</summary>
    public static void Fit(in StoredImage stored, int side, Span<byte> planes)
    {
        RgbImage image = stored.Pixels;
        if ((stored.Width, stored.Height) == (side, side) && stored.Orientation == ImageOrientation.Upright)
        {
            Separate(image.Pixels, planes);
            return;
        }

        int shorter = Math.Min(stored.Width, stored.Height);
        ResizeAxis columns = ResizeAxis.Create(stored.Width, shorter, stored.Reduction, side, stored.Orientation.MirrorsColumns);
        ResizeAxis rows = ResizeAxis.Create(stored.Height, shorter, stored.Reduction, side, stored.Orientation.MirrorsRows);
        (int first, int end) = rows.Range;
        float[] narrowed = ArrayPool<float>.Shared.Rent((end - first) * side * 3);
        try
        {
            Narrow(image, columns, first, end, side, narrowed);
            Shorten(narrowed, rows, first, side, stored.Orientation.Swaps, planes);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(narrowed);
        }
    }

    /// <summary>The result of scaling to the same size: a copy.</summary>
    private static void Separate(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        int plane = planes.Length / 3;
        for (int i = 0; i < plane; i++)
        {
            planes[i] = pixels[3 * i];
            planes[plane + i] = pixels[(3 * i) + 1];
            planes[(2 * plane) + i] = pixels[(3 * i) + 2];
        }
    }

    /// <summary>Scales the columns of the rows that the result needs.</summary>
    private static void Narrow(RgbImage image, ResizeAxis columns, int first, int end, int side, float[] narrowed)
    {
        for (int y = first; y < end; y++)
        {
            ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            Span<float> result = narrowed.AsSpan((y - first) * side * 3, side * 3);
            for (int x = 0; x < side; x++)
            {
                int from = columns.Starts[x] * 3;
                (float red, float green, float blue) = (0, 0, 0);
                foreach (float weight in columns.Weights[x])
                {
                    red += weight * row[from];
                    green += weight * row[from + 1];
                    blue += weight * row[from + 2];
                    from += 3;
                }

                (result[3 * x], result[(3 * x) + 1], result[(3 * x) + 2]) = (red, green, blue);
            }
        }
    }

    /// <param name="swaps">Rows become columns.</param>
    private static void Shorten(float[] narrowed, ResizeAxis rows, int first, int side, bool swaps, Span<byte> planes)
    {
        float[] sums = ArrayPool<float>.Shared.Rent(side * 3);
        Span<float> line = sums.AsSpan(0, side * 3);
        (int rowStep, int columnStep) = swaps ? (1, side) : (side, 1);
        for (int y = 0; y < side; y++)
        {
            line.Clear();
            for (int i = 0; i < rows.Weights[y].Length; i++)
            {
                AddWeighted(line, narrowed.AsSpan((rows.Starts[y] + i - first) * side * 3, side * 3), rows.Weights[y][i]);
            }

            for (int x = 0; x < line.Length; x++)
            {
                planes[(x % 3 * side * side) + (y * rowStep) + (x / 3 * columnStep)] = (byte)Math.Clamp(MathF.Round(line[x]), 0, 255);
            }
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    /// <summary>A product and then a sum per element, each rounded, so that the result does not depend on the width of vectors.</summary>
    private static void AddWeighted(Span<float> sums, ReadOnlySpan<float> values, float weight)
    {
        Span<Vector<float>> wideSums = MemoryMarshal.Cast<float, Vector<float>>(sums);
        ReadOnlySpan<Vector<float>> wideValues = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int i = 0; i < wideSums.Length; i++)
        {
            wideSums[i] += wideValues[i] * weight;
        }

        for (int i = wideSums.Length * Vector<float>.Count; i < sums.Length; i++)
        {
            sums[i] += values[i] * weight;
        }
    }
}
