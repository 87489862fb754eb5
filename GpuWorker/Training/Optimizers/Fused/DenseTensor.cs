using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>Access to the memory of tensors without gaps.</summary>
internal static unsafe class DenseTensor
{
    /// <summary>Whether the elements fill one contiguous range of main memory as float32, in any order of dimensions.</summary>
    public static bool Is(Tensor tensor) => tensor.device_type == TorchSharp.DeviceType.CPU && tensor.dtype == ScalarType.Float32 && FillsOneStretch(tensor);

    /// <summary>Whether two tensors have the same shape and both fill a contiguous range in the same order, so that their elements correspond.</summary>
    /// <param name="tensor"><see cref="Is"/> must hold for it.</param>
    public static bool HaveOneOrder(Tensor tensor, Tensor other) =>
        Is(other) && tensor.shape.AsSpan().SequenceEqual(other.shape) && tensor.stride().AsSpan().SequenceEqual(other.stride());

    /// <summary>The first element in memory. Valid as long as the tensor's storage.</summary>
    /// <param name="tensor"><see cref="Is"/> must hold for it.</param>
    public static float* AddressOf(Tensor tensor)
    {
        using Tensor flat = tensor.as_strided([tensor.numel()], [1], tensor.storage_offset());
        return (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(flat.bytes));
    }

    private static bool FillsOneStretch(Tensor tensor)
    {
        long[] sizes = tensor.shape;
        long[] strides = tensor.stride();
        long expected = 1;
        foreach (int dimension in Enumerable.Range(0, sizes.Length).Where(dimension => sizes[dimension] > 1).OrderBy(dimension => strides[dimension]))
        {
            if (strides[dimension] != expected)
            {
                return false;
            }

            expected *= sizes[dimension];
        }

        return expected == tensor.numel();
    }
}
