using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>
/// torchvision's <c>RandomCrop(size, padding)</c> with black padding, then <c>RandomHorizontalFlip</c>: both only move pixels, so one
/// gather of rows and one of columns does them for a whole batch.
/// </summary>
internal static class CropAndFlip
{
    /// <param name="images">float32 [N, 3, S, S].</param>
    /// <param name="draws">One for each image.</param>
    /// <param name="padding">Pixels added on each side.</param>
    public static Tensor Apply(Tensor images, CropDraw[] draws, int padding)
    {
        using DisposeScope scope = NewDisposeScope();
        long count = images.shape[0];
        int side = (int)images.shape[3];
        Tensor padded = padding == 0 ? images : nn.functional.pad(images, [padding, padding, padding, padding]);
        Tensor rows = Indices(draws, side, (draw, y) => draw.Top + y, images.device).view(count, 1, side, 1);
        Tensor columns = Indices(draws, side, (draw, x) => draw.Left + (draw.Flip ? side - 1 - x : x), images.device).view(count, 1, 1, side);
        return padded
            .gather(2, rows.expand(count, 3, side, padded.shape[3]))
            .gather(3, columns.expand(count, 3, side, side))
            .MoveToOuterDisposeScope();
    }

    private static Tensor Indices(CropDraw[] draws, int side, Func<CropDraw, int, int> indexOf, Device device)
    {
        long[] indices = new long[draws.Length * side];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = indexOf(draws[i / side], i % side);
        }

        return tensor(indices, device: device);
    }
}
