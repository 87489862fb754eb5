using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Expiry;

/// <summary>Each transition of the states that docs/reliability.md draws. A lease lasts 15 s here, and is checked every second.</summary>
public sealed class LeaseExpiryTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Lease = new LeaseOptions().Duration;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LeaseTable _leases;
    private readonly LeaseExpiry _expiry;
    private readonly List<ReportMark> _sent = [];

    public LeaseExpiryTests()
    {
        _leases = new LeaseTable(null!, _time);
        _expiry = Create();
    }

    [Fact]
    public void Held_SilentForTheWholeLease_IsHeldStill()
    {
        Listen();
        Grant();
        Pass(15);

        AssertNothing(Check());
    }

    [Fact]
    public void Held_SilentForLonger_ExpiresAndAsksForAMark()
    {
        Listen();
        Grant();
        Pass(15);
        _time.Advance(Moment);

        AssertWaits(LeaseObstacle.ReportsQueued, Check());
        Assert.Single(_sent);
    }

    [Fact]
    public void Held_Renewed_CountsAnew()
    {
        Listen();
        Grant();
        for (int i = 0; i < 10; i++)
        {
            Pass(5);
            Assert.Equal(AttemptDirective.Continue, _leases.Renew("r", 1, "w"));
            AssertNothing(Check());
        }
    }

    [Fact]
    public void Held_WallClockPutForward_IsHeldStill()
    {
        var time = new SetClock();
        var leases = new LeaseTable(null!, time);
        LeaseExpiry expiry = Create(time);
        expiry.Connection(isUp: true);
        expiry.Check([]);
        leases.Grant("r", "s", 1, "w");

        time.Now = time.Now.AddHours(3);

        AssertNothing(expiry.Check(leases.All()));
    }

    [Fact]
    public void Expired_MarkCameOut_Ends()
    {
        Expire();

        _expiry.MarkCameOut(_sent.Single());

        Assert.Equal(("r", 1), Check().Ending.Select(lease => (lease.RunId, lease.Attempt)).Single());
    }

    [Fact]
    public void Expired_RenewedBeforeTheMarkCameOut_IsHeldAgain()
    {
        Expire();

        _leases.Renew("r", 1, "w");
        _expiry.MarkCameOut(_sent.Single());

        AssertNothing(Check());
    }

    /// <summary>It was sent for another lease, and reports may have been sent behind it.</summary>
    [Fact]
    public void Expired_MarkFromBeforeItsExpiry_WaitsForAnother()
    {
        Listen();
        Grant("early");
        Pass(8);
        Grant("late");
        Pass(8);
        _expiry.MarkCameOut(_sent.Single());
        Assert.Equal("early", Check().Ending.Single().RunId);
        Pass(8);

        LeaseCheck check = Check();

        Assert.Equal(("early", "late"), (check.Ending.Single().RunId, check.Waiting.Single().RunId));
        _expiry.MarkCameOut(_sent[1]);
        Assert.Equal(2, Check().Ending.Count);
    }

    [Fact]
    public void Expired_MarkOfAnotherProcessOrOfTheFuture_SaysNothing()
    {
        Expire();

        LeaseExpiry other = Create();
        other.Connection(isUp: true);
        other.Check(_leases.All());
        _time.Advance(Lease);
        _expiry.MarkCameOut(other.Check([]).Mark ?? new ReportMark("another", _sent[0].SentAt));
        _expiry.MarkCameOut(_sent[0] with { SentAt = long.MaxValue });
        _expiry.MarkCameOut(new ReportMark(null!, 0));

        Assert.Empty(Check().Ending);
    }

    [Fact]
    public void Expired_OlderMarkComesOutLate_TakesNothingBack()
    {
        Expire();
        _expiry.MarkSent(_sent[0], isConfirmed: true);
        Pass(3);

        _expiry.MarkCameOut(_sent[1]);
        _expiry.MarkCameOut(_sent[0]);

        Assert.Single(Check().Ending);
    }

    /// <summary>As in a broker that was wiped.</summary>
    [Fact]
    public void MarkQueued_DoesNotComeOut_IsReplacedAfterAWhile()
    {
        Expire();
        _expiry.MarkSent(_sent[0], isConfirmed: true);
        Pass(2);
        Assert.Single(_sent);

        Pass(1);

        Assert.Equal(2, _sent.Count);
        AssertWaits(LeaseObstacle.ReportsQueued, Check());
    }

    /// <summary>As when the broker goes away at that moment.</summary>
    [Fact]
    public void MarkRefused_IsReplacedAfterAWhile()
    {
        Expire();
        _expiry.MarkSent(_sent[0], isConfirmed: false);
        AssertWaits(LeaseObstacle.MarkRefused, Check());
        Pass(2);
        Assert.Single(_sent);

        Pass(1);

        Assert.Equal(2, _sent.Count);
        AssertWaits(LeaseObstacle.ReportsQueued, Check());
    }

    /// <summary>As when a queue has no leader.</summary>
    [Fact]
    public void MarkSending_BrokerDoesNotConfirm_MarksDoNotPileUp()
    {
        Expire();
        Pass(2);
        AssertWaits(LeaseObstacle.ReportsQueued, Check());

        Pass(1);
        AssertWaits(LeaseObstacle.MarkUnconfirmed, Check());
        Pass(26);
        Assert.Single(_sent);
        Pass(1);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void MarkSending_EarlierMarkIsConfirmedLate_StaysUnconfirmed()
    {
        Expire();
        Pass(30);
        Assert.Equal(2, _sent.Count);

        _expiry.MarkSent(_sent[0], isConfirmed: true);
        Pass(3);

        AssertWaits(LeaseObstacle.MarkUnconfirmed, Check());
    }

    [Fact]
    public void MarkSending_CameOutAndIsConfirmedAfterwards_IsOver()
    {
        Expire();
        _expiry.MarkCameOut(_sent[0]);
        _expiry.MarkSent(_sent[0], isConfirmed: true);
        _leases.Release("r", 1);
        Grant("another");

        Pass(16);

        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Deaf_NeverConnected_NoLeaseEndsAndNoMarkIsSent()
    {
        Grant();
        Pass(100);

        AssertWaits(LeaseObstacle.Disconnected, Check());
        Assert.Empty(_sent);
    }

    [Fact]
    public void Deaf_Connected_LeasesBeginAnew()
    {
        Grant();
        Pass(100);

        _expiry.Connection(isUp: true);

        AssertBeginsAnew();
    }

    [Fact]
    public void Listening_Disconnected_IsDeafUntilConnectedAgain()
    {
        Expire();
        _expiry.Connection(isUp: false);
        _expiry.MarkCameOut(_sent[0]);
        AssertWaits(LeaseObstacle.Disconnected, Check());
        Pass(10);

        _expiry.Connection(isUp: true);

        AssertBeginsAnew();
    }

    [Fact]
    public void Listening_ReportFails_IsDeafUntilOneIsTakenIn()
    {
        Expire();
        _expiry.Report(isTaken: false);
        _expiry.MarkCameOut(_sent[0]);
        AssertWaits(LeaseObstacle.ReportsFail, Check());
        Pass(10);

        _expiry.Report(isTaken: true);

        AssertBeginsAnew();
    }

    [Fact]
    public void Listening_ReportFails_IsDeafUntilItIsRetriedNoMore()
    {
        Expire();
        _expiry.Report(isTaken: false);
        Pass(45);
        AssertWaits(LeaseObstacle.ReportsFail, Check());

        _time.Advance(Moment);

        AssertBeginsAnew();
    }

    /// <summary>As when a laptop sleeps, or the process is stopped and continued.</summary>
    [Fact]
    public void Listening_ProcessStoodStill_IsDeafForOneCheck()
    {
        Expire();
        _expiry.MarkCameOut(_sent[0]);
        _time.Advance(TimeSpan.FromHours(8));

        AssertWaits(LeaseObstacle.StoodStill, Check());

        AssertBeginsAnew();
    }

    [Fact]
    public void Listening_GapBetweenChecksThatIsShort_ListensOn()
    {
        Expire();
        _expiry.MarkCameOut(_sent[0]);

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Single(Check().Ending);
    }

    private LeaseExpiry Create(TimeProvider? time = null) => new(Options.Create(new LeaseOptions()), time ?? _time);

    private void Grant(string run = "r") => _leases.Grant(run, "s", 1, "w");

    private void Listen()
    {
        _expiry.Connection(isUp: true);
        Check();
    }

    /// <summary>A lease expires, and its mark is sent.</summary>
    private void Expire()
    {
        Listen();
        Grant();
        Pass(16);
        Assert.Single(_sent);
    }

    /// <summary>Checks every second.</summary>
    private void Pass(int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            _time.Advance(LeaseExpiry.CheckInterval);
            Check();
        }
    }

    private LeaseCheck Check()
    {
        LeaseCheck check = _expiry.Check(_leases.All());
        _sent.AddRange(check.Mark is { } mark ? [mark] : []);
        return check;
    }

    private void AssertBeginsAnew()
    {
        _sent.Clear();
        AssertNothing(Check());
        Pass(15);
        AssertNothing(Check());
        Pass(1);
        AssertWaits(LeaseObstacle.ReportsQueued, Check());
        _expiry.MarkCameOut(_sent[^1]);
        Assert.Single(Check().Ending);
    }

    private static void AssertNothing(LeaseCheck check) => Assert.Equal((0, 0, null, null), (check.Ending.Count, check.Waiting.Count, check.Obstacle, check.Mark));

    private static void AssertWaits(LeaseObstacle obstacle, LeaseCheck check) =>
        Assert.Equal((0, 1, obstacle), (check.Ending.Count, check.Waiting.Count, check.Obstacle));

    /// <summary>A wall clock that is set, over a monotonic one that stands still.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 1;
    }
}
