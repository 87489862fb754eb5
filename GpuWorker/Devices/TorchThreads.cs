using TorchSharp;

namespace Experiments.GpuWorker.Devices;

/// <summary>Prepares threads for computing with libtorch, whose thread counts are per process and per calling thread.</summary>
internal static class TorchThreads
{
    // Allowed once per process only; training runs its operations one after another.
    private static readonly Lazy<bool> OneInteropThread = new(() =>
    {
        torch.set_num_interop_threads(1);
        return true;
    });

    /// <summary>
    /// Must be called on the computing thread before it computes: libtorch applies the number per thread, and the threads that it starts inherit how
    /// this one treats denormal numbers.
    /// </summary>
    /// <param name="flushDenormals">Whether denormal numbers count as zero; see <see cref="Denormals"/>.</param>
    public static void Use(int threads, bool flushDenormals)
    {
        _ = OneInteropThread.Value;
        _ = SignalStack.EnlargeOnThisThread();
        _ = flushDenormals ? Denormals.FlushOnThisThread() : Denormals.KeepOnThisThread();
        torch.set_num_threads(threads);
    }
}
