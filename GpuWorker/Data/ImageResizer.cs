using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

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
    public static void Fit(RgbImage image, int side, Span<byte> planes) => Fit(image, (image.Width, image.Height), 1, side, planes);

    /// <param name="image">Reduced; its width and height are rounded up.</param>
    /// <param name="full">Width and height without the reduction.</param>
    /// <param name="reduction">By how much it is.</param>
    public static void Fit(RgbImage image, (int Width, int Height) full, int reduction, int side, Span<byte> planes)
    {
        if (full == (side, side))
        {
            Separate(image.Pixels, planes);
            return;
        }

        int shorter = Math.Min(full.Width, full.Height);
        ResizeAxis columns = ResizeAxis.Create(full.Width, shorter, reduction, side);
        ResizeAxis rows = ResizeAxis.Create(full.Height, shorter, reduction, side);
        int first = rows.Starts[0];
        int end = rows.Starts[^1] + rows.Weights[^1].Length;
        float[] narrowed = ArrayPool<float>.Shared.Rent((end - first) * side * 3);
        try
        {
            Narrow(image, columns, first, end, side, narrowed);
            Shorten(narrowed, rows, first, side, planes);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(narrowed);
        }
    }

    /// <summary>What scaling to the same size comes to.</summary>
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

    /// <summary>Scales the columns of the rows that the result needs: so many rows of side × 3.</summary>
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

    private static void Shorten(float[] narrowed, ResizeAxis rows, int first, int side, Span<byte> planes)
    {
        float[] sums = ArrayPool<float>.Shared.Rent(side * 3);
        Span<float> line = sums.AsSpan(0, side * 3);
        for (int y = 0; y < side; y++)
        {
            line.Clear();
            for (int i = 0; i < rows.Weights[y].Length; i++)
            {
                AddWeighted(line, narrowed.AsSpan((rows.Starts[y] + i - first) * side * 3, side * 3), rows.Weights[y][i]);
            }

            for (int x = 0; x < line.Length; x++)
            {
                planes[(((x % 3 * side) + y) * side) + (x / 3)] = (byte)Math.Clamp(MathF.Round(line[x]), 0, 255);
            }
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    /// <summary>Element by element a product and then a sum, each rounded, so that the width of the machine's vectors does not show.</summary>
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
