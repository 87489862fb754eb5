using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>How much room tensors take.</summary>
internal static class TensorBytes
{
    private const int BitsPerByte = 8;

    /// <summary>Every element.</summary>
    public static long Dense(Tensor tensor) => tensor.numel() * tensor.element_size();

    /// <summary>One bit per element that tells whether it is zero, and the others.</summary>
    public static long Sparse(Tensor tensor) =>
        ((tensor.numel() + BitsPerByte - 1) / BitsPerByte) + (NonZero(tensor) * tensor.element_size());

    /// <summary>How many elements are not zero.</summary>
    public static long NonZero(Tensor tensor)
    {
        using Tensor count = tensor.count_nonzero();
        return count.item<long>();
    }
}
