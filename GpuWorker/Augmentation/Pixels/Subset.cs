using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>Tensor operations on some images of a batch.</summary>
internal static class Subset
{
    /// <summary>Replaces the images with these numbers, ascending, by what <paramref name="change"/> makes of them.</summary>
    /// <param name="images">[N, 3, S, S]; changed in place.</param>
    public static Tensor Change(Tensor images, int[] members, Func<Tensor, Tensor> change)
    {
        if (members.Length == 0)
        {
            return images;
        }

        if (members.Length == images.shape[0])
        {
            return images.copy_(change(images));
        }

        Tensor index = tensor(Array.ConvertAll(members, member => (long)member), device: images.device);
        return images.index_copy_(0, index, change(images.index_select(0, index)));
    }

    /// <summary>The indices of the draws that match.</summary>
    public static int[] Where<T>(T[] draws, Predicate<T> isSo) =>
        [.. Enumerable.Range(0, draws.Length).Where(i => isSo(draws[i]))];

    /// <summary>One number per image: [N, 1, 1, 1].</summary>
    public static Tensor Amounts(IEnumerable<float> amounts, Device device) =>
        tensor(amounts.ToArray(), device: device).view(-1, 1, 1, 1);
}
