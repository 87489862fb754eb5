using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Device;

/// <summary>Samples the device at every metric of a run, as a worker does with its heartbeats.</summary>
internal sealed class SampledListener(DeviceUse use) : ITrainingListener
{
    public void OnMetric(string name, long step, double value) => use.Sample();

    public void OnEpochTrained(EpochResult result) => use.Sample();

    public void OnEpochFinished(EpochResult result) => use.Sample();
}
