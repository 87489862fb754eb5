using System.Threading.Channels;

namespace Experiments.Orchestrator.State;

/// <summary>
/// This process's view of the ticket queue: how many tickets should be in it, and since when. Any ticket leads to any run, so no run needs to know
/// whether it has one. The count may be wrong: one ticket too many costs a refused claim, and missing ones show as idle workers.
/// </summary>
public sealed class TicketQueue(TimeProvider time)
{
    /// <summary>A worker that stays idle for longer shows that the queue is empty.</summary>
    internal static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private int _count;
    private long _sentAt = time.GetTimestamp();
    private TimeSpan _timeout = IdleTimeout;

    /// <summary>How many tickets should be in the queue.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>More runs may wait now: wakes the dispatcher.</summary>
    public void Wanted() => _wanted.Writer.TryWrite(true);

    /// <summary>A worker has claimed with a ticket.</summary>
    public void Used(bool isGranted)
    {
        lock (_gate)
        {
            _count = Math.Max(0, _count - 1);
            _timeout = isGranted ? IdleTimeout : _timeout;
        }
    }

    /// <summary>Tickets are about to be sent. Counted first: workers may use them before their senders know that they were sent.</summary>
    internal void Sending(int count)
    {
        lock (_gate)
        {
            _count += count;
            _sentAt = time.GetTimestamp();
        }
    }

    /// <summary>Tickets may not have arrived; others are sent for them.</summary>
    internal void NotSent(int count)
    {
        lock (_gate)
        {
            _count = Math.Max(0, _count - count);
        }
    }

    /// <summary>
    /// To be called when workers are idle although runs wait: the tickets that should be in the queue are lost, unless the last ones were sent just now.
    /// It is repeated ever more rarely as long as it leads to no claim, because tickets may pile up somewhere.
    /// </summary>
    /// <returns>How many are given up.</returns>
    internal int GiveUpLost()
    {
        lock (_gate)
        {
            if (_count == 0 || time.GetElapsedTime(_sentAt) < _timeout)
            {
                return 0;
            }

            _timeout = TimeSpan.FromTicks(Math.Min(_timeout.Ticks * 2, LongestTimeout.Ticks));
            (int lost, _count) = (_count, 0);
            return lost;
        }
    }

    internal async Task WaitAsync(CancellationToken cancellationToken) => await _wanted.Reader.ReadAsync(cancellationToken);
}
