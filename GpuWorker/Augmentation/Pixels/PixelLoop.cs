using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>Processes one image of a batch.</summary>
internal delegate void ImageAction(int index, PixelImage image);

/// <summary>Processes the images of a batch in main memory in parallel. Images are independent, so that the result does not depend on the threads.</summary>
internal static class PixelLoop
{
    /// <summary>Smaller batches are done before other threads wake up.</summary>
    private const long FewestPerThread = 1 << 20;

    public static bool Takes(Tensor images) =>
        images.device_type == DeviceType.CPU && images.dtype == ScalarType.Float32 && images.is_contiguous();

    /// <param name="images">float32 [N, 3, S, S], contiguous, in main memory; changed in place.</param>
    public static void ForEach(Tensor images, ImageAction action)
    {
        int count = (int)images.shape[0];
        int threads = (int)Math.Min(get_num_threads(), images.numel() / FewestPerThread);
        if (threads <= 1)
        {
            Run(images, 0, count, action);
            return;
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
            Run(images, (int)((long)count * thread / threads), (int)((long)count * (thread + 1) / threads), action));
    }

    private static void Run(Tensor images, int first, int end, ImageAction action)
    {
        int side = (int)images.shape[3];
        int length = 3 * side * side;
        float[] scratch = ArrayPool<float>.Shared.Rent(length);
        Span<float> pixels = MemoryMarshal.Cast<byte, float>(images.bytes);
        for (int index = first; index < end; index++)
        {
            action(index, new PixelImage(pixels.Slice(index * length, length), side, scratch.AsSpan(0, length)));
        }

        ArrayPool<float>.Shared.Return(scratch);
    }
}
