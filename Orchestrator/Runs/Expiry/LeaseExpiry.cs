using Experiments.Orchestrator.State;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>
/// Decides which leases end. Its inputs are events; a check decides for each lease without heartbeats that it ends, or names the reason to wait.
/// Does no I/O. docs/reliability.md has the state diagram.
/// <list type="bullet">
/// <item>Missing heartbeats count only while it listens: heartbeats can arrive, reports are handled, and this process runs. Once it listens again, all leases restart.</item>
/// <item>An attempt that has ended sends no heartbeats either, and its report may still be in the queue of run events. That queue is read in order. So a lease
/// that has expired ends only when a mark, sent after its expiry, has been read from that queue.</item>
/// </list>
/// </summary>
public sealed class LeaseExpiry(IOptions<LeaseOptions> options, TimeProvider time)
{
    /// <summary>How often leases are checked.</summary>
    internal static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than the longest pause before a report is retried: if no failure follows within it, no report waits behind the failed one.</summary>
    internal static readonly TimeSpan FailureMemory = TimeSpan.FromSeconds(45);

    /// <summary>A confirmed or refused mark is replaced after this time: a wiped broker has lost it.</summary>
    internal static readonly TimeSpan MarkTimeout = TimeSpan.FromSeconds(3);

    /// <summary>For a broker that does not confirm, for example if a queue has no leader: marks must not accumulate.</summary>
    internal static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest gap between checks in which missing heartbeats count, as a fraction of a lease.</summary>
    private const double LongestGap = 2 / 3.0;

    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private bool _isConnected;
    private long? _reportFailedAt;
    private long _checkedAt = time.GetTimestamp();
    private long? _listeningSince;
    private ReportMark? _mark;
    private MarkStage _stage = MarkStage.CameOut;
    private long? _clearUntil;

    /// <summary>The state of the current mark.</summary>
    private enum MarkStage
    {
        Sending,
        Refused,
        Queued,
        CameOut,
    }

    /// <summary>Why missing heartbeats do not count at this moment; null when they do.</summary>
    internal LeaseObstacle? Deafness
    {
        get
        {
            lock (_gate)
            {
                return FindDeafness(time.GetTimestamp());
            }
        }
    }

    /// <summary>Called when the queue of heartbeats becomes readable or unreadable.</summary>
    public void Connection(bool isUp)
    {
        lock (_gate)
        {
            _isConnected = isUp;
        }
    }

    /// <summary>Called when a report was handled, or handling it failed and is retried.</summary>
    public void Report(bool isTaken)
    {
        lock (_gate)
        {
            _reportFailedAt = isTaken ? null : time.GetTimestamp();
        }
    }

    /// <summary>Called when the broker has confirmed a mark, or sending it has failed.</summary>
    public void MarkSent(ReportMark mark, bool isConfirmed)
    {
        lock (_gate)
        {
            if (mark == _mark && _stage == MarkStage.Sending)
            {
                _stage = isConfirmed ? MarkStage.Queued : MarkStage.Refused;
            }
        }
    }

    /// <summary>Called when a mark was read from the queue of run events. Marks of other processes are ignored.</summary>
    public void MarkCameOut(ReportMark mark)
    {
        lock (_gate)
        {
            if (mark.Process != _process || !(mark.SentAt <= _mark?.SentAt))
            {
                return;
            }

            _clearUntil = Math.Max(_clearUntil ?? mark.SentAt, mark.SentAt);
            _stage = mark == _mark ? MarkStage.CameOut : _stage;
        }
    }

    /// <summary>Checks all leases. Must be called every <see cref="CheckInterval"/>: a much longer gap shows that the process was suspended.</summary>
    public LeaseCheck Check(IReadOnlyCollection<Lease> leases)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            LeaseObstacle? deafness = FindDeafness(now);
            _checkedAt = now;
            _listeningSince = deafness is null ? _listeningSince ?? now : null;
            ILookup<bool, Lease> expired = leases
                .Where(lease => IsSilentFor(lease, now))
                .ToLookup(lease => deafness is null && _clearUntil is { } clear && IsSilentFor(lease, clear));
            if (expired[false].FirstOrDefault() is null)
            {
                return new LeaseCheck([.. expired[true]], [], null, null);
            }

            ReportMark? mark = deafness is null && NeedsMark(now) ? BeginMark(now) : null;
            return new LeaseCheck([.. expired[true]], [.. expired[false]], deafness ?? FindMarkObstacle(now), mark);
        }
    }

    private bool IsSilentFor(Lease lease, long until) =>
        time.GetElapsedTime(Math.Max(lease.RenewedAt, _listeningSince ?? lease.RenewedAt), until) > options.Value.Duration;

    private LeaseObstacle? FindDeafness(long now) => this switch
    {
        { _isConnected: false } => LeaseObstacle.Disconnected,
        { _reportFailedAt: { } failed } when time.GetElapsedTime(failed, now) <= FailureMemory => LeaseObstacle.ReportsFail,
        _ when time.GetElapsedTime(_checkedAt, now) > CheckInterval + (options.Value.Duration * LongestGap) => LeaseObstacle.StoodStill,
        _ => null,
    };

    private bool NeedsMark(long now) => _stage switch
    {
        MarkStage.CameOut => true,
        MarkStage.Sending => MarkAge(now) >= ConfirmTimeout,
        _ => MarkAge(now) >= MarkTimeout,
    };

    private ReportMark BeginMark(long now)
    {
        _stage = MarkStage.Sending;
        return _mark = new ReportMark(_process, now);
    }

    private LeaseObstacle FindMarkObstacle(long now) => _stage switch
    {
        MarkStage.Refused => LeaseObstacle.MarkRefused,
        MarkStage.Sending when MarkAge(now) >= MarkTimeout => LeaseObstacle.MarkUnconfirmed,
        _ => LeaseObstacle.ReportsQueued,
    };

    private TimeSpan MarkAge(long now) => time.GetElapsedTime(_mark!.SentAt, now);
}
