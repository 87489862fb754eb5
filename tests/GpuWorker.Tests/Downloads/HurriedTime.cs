using System.Collections.Concurrent;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>A clock on which delays end immediately, and that advances by a second at every reading.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private long _seconds;

    /// <summary>The delays; longer ones are timeouts, and never end.</summary>
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
