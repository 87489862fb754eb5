using System.Collections.Concurrent;

namespace Experiments.ServiceDefaults.Tests.Artifacts.Http;

/// <summary>A clock on which short pauses end immediately; longer timers are timeouts and run normally.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DiscoveryCleanup = TimeSpan.FromSeconds(10);

    public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

    /// <summary>Called with the number of pauses so far.</summary>
    public Action<int> OnPause { get; set; } = _ => { };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isPause = dueTime > TimeSpan.Zero && dueTime < LongestPause && dueTime != DiscoveryCleanup;
        if (isPause)
        {
            Pauses.Enqueue(dueTime);
            OnPause(Pauses.Count);
        }

        return base.CreateTimer(callback, state, isPause ? TimeSpan.Zero : dueTime, period);
    }
}
