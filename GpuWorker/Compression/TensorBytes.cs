using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>The size of tensors.</summary>
internal static class TensorBytes
{
    private const int BitsPerByte = 8;

    /// <summary>The bytes of all elements.</summary>
    public static long Dense(Tensor tensor) => tensor.numel() * tensor.element_size();

    /// <summary>One bit per element as a mask, plus the non-zero elements.</summary>
    public static long Sparse(Tensor tensor) =>
        ((tensor.numel() + BitsPerByte - 1) / BitsPerByte) + (NonZero(tensor) * tensor.element_size());

    /// <summary>The number of non-zero elements.</summary>
    public static long NonZero(Tensor tensor)
    {
        using Tensor count = tensor.count_nonzero();
        return count.item<long>();
    }
}
