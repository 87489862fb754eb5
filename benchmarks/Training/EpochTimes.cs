using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Training;

/// <summary>The times when the epochs of a run ended, and their reports.</summary>
internal sealed class EpochTimes : ITrainingListener
{
    private readonly List<(long Time, EpochResult Result)> _ends = [];

    public IReadOnlyList<EpochResult> Results => [.. _ends.Select(end => end.Result)];

    /// <summary>Images per second of the training loop, from the last epoch: batches, augmentation, step.</summary>
    public double Rate => _ends[^1].Result.Metrics[MetricNames.ImagesPerSecond];

    /// <summary>The total seconds of the second epoch, and its seconds outside of the training loop.</summary>
    public (double Whole, double Outside) SecondEpoch(int images)
    {
        double whole = Stopwatch.GetElapsedTime(_ends[0].Time, _ends[1].Time).TotalSeconds;
        return (whole, whole - (images / _ends[1].Result.Metrics[MetricNames.ImagesPerSecond]));
    }

    /// <summary>The total seconds of each epoch.</summary>
    /// <param name="start">The timestamp when the run was started.</param>
    public IEnumerable<double> Seconds(long start) => _ends.Select((end, i) => Stopwatch.GetElapsedTime(i == 0 ? start : _ends[i - 1].Time, end.Time).TotalSeconds);

    public void OnMetric(string name, long step, double value)
    {
    }

    public void OnEpochTrained(EpochResult result) => _ends.Add((Stopwatch.GetTimestamp(), result));

    public void OnEpochFinished(EpochResult result)
    {
    }
}
