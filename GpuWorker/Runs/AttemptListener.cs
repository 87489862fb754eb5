using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Runs;

/// <summary>Passes on what the trainer tells: points to the metric stream, finished epochs to the Orchestrator.</summary>
internal sealed class AttemptListener(
    RunClaimed claim, string workerId, MetricSender metrics, EpochReporter epochs, DeviceUse device, TimeProvider time)
    : ITrainingListener
{
    private readonly ActivityContext _attempt = Activity.Current?.Context ?? default;
    private DateTimeOffset _epochStart = time.GetUtcNow();
    private long _sequence;

    public void OnMetric(string name, long step, double value) =>
        metrics.Enqueue(claim, new MetricPoint(++_sequence, name, step, value, time.GetUtcNow()));

    public void OnEpochFinished(EpochResult result)
    {
        IReadOnlyDictionary<string, double> all = WithDevice(result);
        DateTimeOffset now = time.GetUtcNow();
        epochs.Report(new EpochFinished(claim.SweepId, claim.RunId, claim.Attempt, workerId, result.Epoch, result.Iteration, all, now));
        Trace(result.Epoch, now);
        Measure(all);
    }

    private void Measure(IReadOnlyDictionary<string, double> epoch)
    {
        var tags = new TagList { { "model", claim.Hyperparameters.Model }, { "dataset", claim.Dataset.Name } };
        if (epoch.TryGetValue(MetricNames.EpochSeconds, out double seconds))
        {
            ExperimentsMetrics.EpochDuration.Record(seconds, tags);
        }

        if (epoch.TryGetValue(MetricNames.ImagesPerSecond, out double imagesPerSecond))
        {
            ExperimentsMetrics.ImagesPerSecond.Record(imagesPerSecond, tags);
        }
    }

    /// <summary>The trainer's metrics, and what its epoch used of the device.</summary>
    private IReadOnlyDictionary<string, double> WithDevice(EpochResult result)
    {
        if (device.Take() is not { } usage)
        {
            return result.Metrics;
        }

        OnMetric(MetricNames.DeviceUtilization, result.Epoch, usage.Utilization);
        OnMetric(MetricNames.DeviceMemoryBytes, result.Epoch, usage.MemoryBytes);
        return new Dictionary<string, double>(result.Metrics)
        {
            [MetricNames.DeviceUtilization] = usage.Utilization,
            [MetricNames.DeviceMemoryBytes] = usage.MemoryBytes,
        };
    }

    private void Trace(int epoch, DateTimeOffset now)
    {
        using Activity? activity = ExperimentsTelemetry.GpuWorker.StartActivity(
            "epoch", ActivityKind.Internal, _attempt, startTime: _epochStart);
        activity?.SetTag("experiments.run", claim.RunId);
        activity?.SetTag("experiments.epoch", epoch);
        activity?.SetEndTime(now.UtcDateTime);
        _epochStart = now;
    }
}
