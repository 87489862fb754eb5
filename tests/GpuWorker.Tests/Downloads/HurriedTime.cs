using System.Collections.Concurrent;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>Delays end at once, and every reading of the clock advances it by a second.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private long _seconds;

    /// <summary>The delays; longer ones are time-outs, and do not end.</summary>
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
