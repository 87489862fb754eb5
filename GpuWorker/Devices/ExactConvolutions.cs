using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// Keeps GPUs from computing the convolutions of float32 networks with shortened numbers (TF32: 10 bits of mantissa), as libtorch lets them by default. What is
/// evaluated is then what any other device computes. libtorch has one setting for the process; it holds as long as anybody holds one of these.
/// </summary>
internal sealed class ExactConvolutions : IDisposable
{
    private static readonly Lock Gate = new();
    private static int _holders;
    private static bool _before;

    private bool _disposed;

    private ExactConvolutions()
    {
        lock (Gate)
        {
            if (_holders++ == 0)
            {
                _before = backends.cudnn.allow_tf32;
                backends.cudnn.allow_tf32 = false;
            }
        }
    }

    /// <returns>Null where there is nothing to keep from it.</returns>
    public static ExactConvolutions? On(Device device) => device.type == DeviceType.CUDA ? new ExactConvolutions() : null;

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        lock (Gate)
        {
            if (--_holders == 0)
            {
                backends.cudnn.allow_tf32 = _before;
            }
        }
    }
}
