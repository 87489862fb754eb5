using TorchSharp;

namespace Experiments.GpuWorker.Devices;

/// <summary>Sets libtorch's threads, which are counted per process and per calling thread.</summary>
internal static class TorchThreads
{
    // Allowed once per process only; training runs its operations one after another.
    private static readonly Lazy<bool> OneInteropThread = new(() =>
    {
        torch.set_num_interop_threads(1);
        return true;
    });

    /// <summary>To be called on the thread that trains: libtorch takes the number over per thread.</summary>
    public static void Use(int threads)
    {
        _ = OneInteropThread.Value;
        torch.set_num_threads(threads);
    }
}
