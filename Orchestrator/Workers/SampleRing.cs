using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Workers;

/// <summary>
/// The latest samples of one worker: heartbeats within the same few seconds are merged, and new samples replace the oldest. Safe for use by several
/// threads.
/// </summary>
/// <param name="capacity">The number of samples kept.</param>
internal sealed class SampleRing(int capacity, TimeSpan step)
{
    private readonly Lock _gate = new();
    private readonly Queue<WorkerSample> _samples = new();
    private WorkerSample? _newest;
    private int _beats;

    /// <summary>The start of the newest sample; null before the first.</summary>
    public DateTimeOffset? NewestTime
    {
        get
        {
            lock (_gate)
            {
                return _newest?.Time;
            }
        }
    }

    public void Add(Heartbeat beat, DateTimeOffset now)
    {
        var sample = new WorkerSample(
            new DateTimeOffset(now.UtcTicks - (now.UtcTicks % step.Ticks), TimeSpan.Zero),
            beat.MemoryUsed, beat.MemoryTotal, beat.Utilization, beat.Temperature, beat.RunId is not null);
        lock (_gate)
        {
            // When the clock is set back, history does not run backwards.
            if (_newest is { } newest && sample.Time <= newest.Time)
            {
                _newest = Merge(newest, sample, ++_beats);
                return;
            }

            if (_newest is not null)
            {
                _samples.Enqueue(_newest);
            }

            (_newest, _beats) = (sample, 1);
            while (_samples.Count >= capacity)
            {
                _samples.Dequeue();
            }
        }
    }

    /// <summary>Samples since <paramref name="from"/>, oldest first.</summary>
    public IReadOnlyList<WorkerSample> Since(DateTimeOffset from)
    {
        lock (_gate)
        {
            return _newest is null ? [] : [.. _samples.Append(_newest).Where(sample => sample.Time >= from)];
        }
    }

    private static WorkerSample Merge(WorkerSample kept, WorkerSample added, int beats) => kept with
    {
        MemoryUsed = Math.Max(kept.MemoryUsed, added.MemoryUsed),
        MemoryTotal = added.MemoryTotal,
        Utilization = kept.Utilization + ((added.Utilization - kept.Utilization) / beats),
        Temperature = kept.Temperature is { } before && added.Temperature is { } now ? Math.Max(before, now) : added.Temperature ?? kept.Temperature,
        Busy = kept.Busy || added.Busy,
    };
}
