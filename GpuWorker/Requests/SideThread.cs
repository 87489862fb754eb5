using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Settings;

namespace Experiments.GpuWorker.Requests;

/// <summary>Runs computations for requests next to training: on the CPU, one at a time, on one core.</summary>
internal sealed class SideThread(TrainingOptions options) : IDisposable
{
    private const int Threads = 1;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs it on its own thread, so that its number of libtorch threads does not affect others.</summary>
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
            // Later threads that set no number inherit the number that was set last.
            TorchThreads.Use(options.Threads, options.FlushDenormals);
        }
    }
}
