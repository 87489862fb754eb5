using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Settings;

namespace Experiments.GpuWorker.Requests;

/// <summary>Where a worker computes what it is asked beside its training: on the CPU, one computation at a time, on one core.</summary>
internal sealed class SideThread(TrainingOptions options) : IDisposable
{
    private const int Threads = 1;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs it on a thread of its own, so that how many threads libtorch uses there is nobody else's business.</summary>
    public async Task<T> RunAsync<T>(Func<T> compute, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            return await Task.Factory.StartNew(() => Compute(compute), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private T Compute<T>(Func<T> compute)
    {
        TorchThreads.Use(Threads, options.FlushDenormals);
        try
        {
            return compute();
        }
        finally
        {
            // Threads that come up later and do not say how many they want get the last number that anybody said.
            TorchThreads.Use(options.Threads, options.FlushDenormals);
        }
    }
}
