using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>Samples images with affine matrices: nearest pixel, black outside the image.</summary>
internal static class AffineSampling
{
    public static void Apply(PixelImage image, in AffineMatrix matrix)
    {
        if (matrix == AffineMatrix.Identity)
        {
            return;
        }

        int side = image.Side;
        double center = (side - 1) / 2.0;
        ReadOnlySpan<float> source = image.Copy();
        Span<float> red = image.Plane(0);
        Span<float> green = image.Plane(1);
        Span<float> blue = image.Plane(2);
        int area = side * side;
        for (int y = 0, target = 0; y < side; y++)
        {
            double rowX = center + matrix.X0 + (matrix.Xy * (y - center)) - (matrix.Xx * center);
            double rowY = center + matrix.Y0 + (matrix.Yy * (y - center)) - (matrix.Yx * center);
            for (int x = 0; x < side; x++, target++)
            {
                // Round half to even, as in torch. Values beyond the range of int become a position outside the image.
                int fromX = (int)Math.Round(rowX + (matrix.Xx * x));
                int fromY = (int)Math.Round(rowY + (matrix.Yx * x));
                bool isInside = (uint)fromX < (uint)side && (uint)fromY < (uint)side;
                int from = isInside ? (fromY * side) + fromX : 0;
                red[target] = isInside ? source[from] : 0;
                green[target] = isInside ? source[area + from] : 0;
                blue[target] = isInside ? source[(2 * area) + from] : 0;
            }
        }
    }

    /// <param name="images">float32 [N, 3, S, S].</param>
    /// <param name="matrices">One per image.</param>
    public static Tensor Apply(Tensor images, AffineMatrix[] matrices)
    {
        double half = images.shape[3] / 2.0;
        float[] theta = new float[matrices.Length * 6];
        for (int i = 0; i < matrices.Length; i++)
        {
            AffineMatrix matrix = matrices[i];
            float[] normalized =
                [(float)matrix.Xx, (float)matrix.Xy, (float)(matrix.X0 / half), (float)matrix.Yx, (float)matrix.Yy, (float)(matrix.Y0 / half)];
            normalized.CopyTo(theta, i * 6);
        }

        Tensor grid = nn.functional.affine_grid(tensor(theta, device: images.device).view(-1, 2, 3), images.shape, align_corners: false);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, align_corners: false);
    }
}
