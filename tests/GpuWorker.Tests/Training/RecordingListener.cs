using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>Records the trainer's events, and may react to an iteration.</summary>
internal sealed class RecordingListener : ITrainingListener
{
    public List<(string Name, long Step, double Value)> Metrics { get; } = [];

    public List<EpochResult> Epochs { get; } = [];

    /// <summary>The epochs in the order of their ends, on disk or not.</summary>
    public List<EpochResult> Trained { get; } = [];

    /// <summary>Called at the end of each epoch, before it is on disk, with its number.</summary>
    public Action<int> OnTrained { get; init; } = _ => { };

    /// <summary>Called after each iteration with its number.</summary>
    public Action<long> OnIteration { get; init; } = _ => { };

    /// <summary>Called with the number of each epoch once it is on disk.</summary>
    public Action<int> OnEpoch { get; init; } = _ => { };

    /// <summary>The metrics that do not depend on interruptions: all but the times.</summary>
    public IEnumerable<(string Name, long Step, double Value)> Reproducible =>
        Metrics.Where(metric => !metric.Name.StartsWith("system/", StringComparison.Ordinal));

    public void OnMetric(string name, long step, double value)
    {
        Metrics.Add((name, step, value));
        if (name == MetricNames.BatchLoss)
        {
            OnIteration(step);
        }
    }

    public void OnEpochTrained(EpochResult result)
    {
        Trained.Add(result);
        OnTrained(result.Epoch);
    }

    public void OnEpochFinished(EpochResult result)
    {
        Epochs.Add(result);
        OnEpoch(result.Epoch);
    }
}
