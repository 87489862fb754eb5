using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// Disables TF32 (10 bits of mantissa) for convolutions of float32 networks, which libtorch enables on GPUs by default.
/// Evaluation then gives the same result as on other devices. The setting is per process; it holds until the last instance is disposed.
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

    /// <returns>Null for devices without TF32.</returns>
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
