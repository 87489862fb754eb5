using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomRotation</c>: about the centre, nearest pixel, black where nothing was.</summary>
internal static class Rotation
{
    /// <param name="images">float32 [N, 3, S, S].</param>
    /// <param name="degrees">Counter-clockwise, one for each image.</param>
    public static Tensor Apply(Tensor images, double[] degrees)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] matrices = new float[degrees.Length * 6];
        for (int i = 0; i < degrees.Length; i++)
        {
            // Where each pixel of the result comes from, in coordinates from -1 to 1 with y pointing down.
            (double sine, double cosine) = Math.SinCos(degrees[i] * Math.PI / 180);
            float[] inverse = [(float)cosine, (float)-sine, 0, (float)sine, (float)cosine, 0];
            inverse.CopyTo(matrices, i * 6);
        }

        Tensor theta = tensor(matrices, device: images.device).view(-1, 2, 3);
        Tensor grid = nn.functional.affine_grid(theta, images.shape, align_corners: false);
        return nn.functional
            .grid_sample(images, grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, align_corners: false)
            .MoveToOuterDisposeScope();
    }
}
