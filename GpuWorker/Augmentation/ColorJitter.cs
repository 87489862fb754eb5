using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>ColorJitter</c> for a batch in which every image has its own amounts and order.</summary>
internal static class ColorJitter
{
    private static readonly Func<Tensor, Tensor, Tensor>[] Changes =
        [ColorChanges.Brightness, ColorChanges.Contrast, ColorChanges.Saturation, ColorChanges.Hue];

    /// <summary>Changes the colours of <paramref name="images"/> (float32 [N, 3, S, S] in [0, 1]) in place.</summary>
    public static void Apply(Tensor images, ColorDraw[] draws)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int step = 0; step < Changes.Length; step++)
        {
            for (int change = 0; change < Changes.Length; change++)
            {
                ApplyWhere(images, draws, step, change);
            }
        }
    }

    /// <summary>Applies a change to those images for which it is the step-th.</summary>
    private static void ApplyWhere(Tensor images, ColorDraw[] draws, int step, int change)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] members = [.. Enumerable.Range(0, draws.Length).Where(i => draws[i].Order[step] == change)];
        if (members.Length == 0)
        {
            return;
        }

        Tensor index = tensor(members.Select(i => (long)i).ToArray(), device: images.device);
        Tensor amounts = tensor(members.Select(i => (float)draws[i].Amount(change)).ToArray(), device: images.device);
        Tensor changed = Changes[change](images.index_select(0, index), amounts.view(-1, 1, 1, 1));
        images.index_copy_(0, index, changed);
    }
}
