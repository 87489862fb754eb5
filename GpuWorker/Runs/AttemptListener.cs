using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;
using Experiments.ServiceDefaults.Telemetry;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Passes on the trainer's events: points to the metric stream, finished epochs to the Orchestrator. Neither accepts values that are not finite: those are
/// dropped, with one warning per metric in the run's log.
/// </summary>
internal sealed class AttemptListener(
    RunClaimed claim, string workerId, MetricSender metrics, EpochReporter epochs, DeviceUse device, TimeProvider time, ILogger logger)
    : ITrainingListener
{
    private readonly ActivityContext _attempt = Activity.Current?.Context ?? default;
    private DateTimeOffset _epochStart = time.GetUtcNow();
    private readonly HashSet<string> _told = [];

    /// <summary>Reports of epochs that are not on disk yet.</summary>
    private readonly Dictionary<int, EpochFinished> _held = [];
    private long _sequence;

    public void OnMetric(string name, long step, double value)
    {
        if (IsFinite(name, step, value))
        {
            metrics.Enqueue(claim, new MetricPoint(++_sequence, name, step, value, time.GetUtcNow()));
        }
    }

    public void OnEpochTrained(EpochResult result)
    {
        EpochFinished report = Describe(result);
        _held[result.Epoch] = report;
        Trace(result.Epoch, report.Time);
        Measure(report.Metrics);
    }

    public void OnEpochFinished(EpochResult result)
    {
        if (!_held.Remove(result.Epoch, out EpochFinished? report))
        {
            // Another attempt or run trained it: its points are sent as if this one had.
            report = Describe(result);
            foreach ((string name, double value) in result.Metrics)
            {
                OnMetric(name, result.Epoch, value);
            }
        }

        epochs.Report(report);
    }

    private EpochFinished Describe(EpochResult result)
    {
        Dictionary<string, double> all = WithDevice(result)
            .Where(metric => IsFinite(metric.Key, result.Epoch, metric.Value))
            .ToDictionary();
        return new EpochFinished(claim.SweepId, claim.RunId, claim.Attempt, workerId, result.Epoch, result.Iteration, all, time.GetUtcNow());
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

    /// <summary>The trainer's metrics, and the use of the device during the epoch.</summary>
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

    private bool IsFinite(string name, long step, double value)
    {
        if (!double.IsFinite(value) && _told.Add(name))
        {
            logger.LogWarning("{Metric} is {Value} at step {Step}, which is not finite; such values of it are dropped", name, value, step);
        }

        return double.IsFinite(value);
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
