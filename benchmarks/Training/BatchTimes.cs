using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Jobs;

namespace Experiments.Benchmarks.Training;

/// <summary>Watches the batches of a run and stops it after some of them.</summary>
internal sealed class BatchTimes(int batches, CancellationTokenSource stop) : ITrainingListener
{
    private int _count;

    /// <summary>The time when the first batch was finished.</summary>
    public long First { get; private set; }

    /// <summary>Batches per second after the first.</summary>
    public double Rate { get; private set; }

    public void OnMetric(string name, long step, double value)
    {
        if (name != MetricNames.BatchLoss)
        {
            return;
        }

        _count++;
        First = _count == 1 ? Stopwatch.GetTimestamp() : First;
        Rate = (_count - 1) / Stopwatch.GetElapsedTime(First).TotalSeconds;
        if (_count == batches)
        {
            stop.Cancel();
        }
    }

    public void OnEpochTrained(EpochResult result)
    {
    }

    public void OnEpochFinished(EpochResult result)
    {
    }
}
