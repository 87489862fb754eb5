using System.Collections.Concurrent;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>Pauses are over at once, and every look at the clock finds it a second later.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private long _seconds;

    /// <summary>The pauses that were made; what is longer is patience, and lasts.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool pause = dueTime > TimeSpan.Zero && dueTime < LongestPause;
        if (pause)
        {
            Pauses.Enqueue(dueTime);
        }

        return base.CreateTimer(callback, state, pause ? TimeSpan.Zero : dueTime, period);
    }
}
