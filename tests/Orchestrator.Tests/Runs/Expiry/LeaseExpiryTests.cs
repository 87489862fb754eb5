using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Tests.Runs.Expiry;

/// <summary>How a lease without heartbeats expires and ends: each transition of the state diagram in docs/reliability.md.</summary>
public sealed class LeaseExpiryTests
{
    private readonly ExpiryScenario _scenario = new();

    [Fact]
    public void Held_SilentForTheWholeLease_IsHeldStill()
    {
        _scenario.Listen();
        _scenario.Grant();
        _scenario.Pass(15);

        ExpiryScenario.AssertNothing(_scenario.Check());
    }

    [Fact]
    public void Held_SilentForLonger_ExpiresAndAsksForAMark()
    {
        _scenario.Listen();
        _scenario.Grant();
        _scenario.Pass(15);
        _scenario.Time.Advance(TimeSpan.FromMilliseconds(1));

        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsQueued, _scenario.Check());
        Assert.Single(_scenario.Sent);
    }

    [Fact]
    public void Held_Renewed_Restarts()
    {
        _scenario.Listen();
        _scenario.Grant();
        for (int i = 0; i < 10; i++)
        {
            _scenario.Pass(5);
            Assert.Equal(AttemptDirective.Continue, _scenario.Leases.Renew("r", 1, "w"));
            ExpiryScenario.AssertNothing(_scenario.Check());
        }
    }

    [Fact]
    public void Held_WallClockPutForward_IsHeldStill()
    {
        var time = new SetClock();
        var leases = new LeaseTable(null!, time);
        LeaseExpiry expiry = _scenario.Create(time);
        expiry.Connection(isUp: true);
        expiry.Check([]);
        leases.Grant("r", "s", 1, "w");

        time.Now = time.Now.AddHours(3);

        ExpiryScenario.AssertNothing(expiry.Check(leases.All()));
    }

    [Fact]
    public void Expired_MarkCameOut_Ends()
    {
        _scenario.Expire();

        _scenario.Expiry.MarkCameOut(_scenario.Sent.Single());

        Assert.Equal(("r", 1), _scenario.Check().Ending.Select(lease => (lease.RunId, lease.Attempt)).Single());
    }

    [Fact]
    public void Expired_RenewedBeforeTheMarkCameOut_IsHeldAgain()
    {
        _scenario.Expire();

        _scenario.Leases.Renew("r", 1, "w");
        _scenario.Expiry.MarkCameOut(_scenario.Sent.Single());

        ExpiryScenario.AssertNothing(_scenario.Check());
    }

    /// <summary>It was sent for another lease, and reports may have been sent behind it.</summary>
    [Fact]
    public void Expired_MarkFromBeforeItsExpiry_WaitsForAnother()
    {
        _scenario.Listen();
        _scenario.Grant("early");
        _scenario.Pass(8);
        _scenario.Grant("late");
        _scenario.Pass(8);
        _scenario.Expiry.MarkCameOut(_scenario.Sent.Single());
        Assert.Equal("early", _scenario.Check().Ending.Single().RunId);
        _scenario.Pass(8);

        LeaseCheck check = _scenario.Check();

        Assert.Equal(("early", "late"), (check.Ending.Single().RunId, check.Waiting.Single().RunId));
        _scenario.Expiry.MarkCameOut(_scenario.Sent[1]);
        Assert.Equal(2, _scenario.Check().Ending.Count);
    }

    [Fact]
    public void Expired_MarkOfAnotherProcessOrOfTheFuture_SaysNothing()
    {
        _scenario.Expire();

        LeaseExpiry other = _scenario.Create();
        other.Connection(isUp: true);
        other.Check(_scenario.Leases.All());
        _scenario.Time.Advance(new LeaseOptions().Duration);
        _scenario.Expiry.MarkCameOut(other.Check([]).Mark ?? new ReportMark("another", _scenario.Sent[0].SentAt));
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0] with { SentAt = long.MaxValue });
        _scenario.Expiry.MarkCameOut(new ReportMark(null!, 0));

        Assert.Empty(_scenario.Check().Ending);
    }

    [Fact]
    public void Expired_OlderMarkComesOutLate_TakesNothingBack()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkSent(_scenario.Sent[0], isConfirmed: true);
        _scenario.Pass(3);

        _scenario.Expiry.MarkCameOut(_scenario.Sent[1]);
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);

        Assert.Single(_scenario.Check().Ending);
    }

    /// <summary>Happens when the broker is wiped.</summary>
    [Fact]
    public void MarkQueued_DoesNotComeOut_IsReplacedAfterAWhile()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkSent(_scenario.Sent[0], isConfirmed: true);
        _scenario.Pass(2);
        Assert.Single(_scenario.Sent);

        _scenario.Pass(1);

        Assert.Equal(2, _scenario.Sent.Count);
        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsQueued, _scenario.Check());
    }

    /// <summary>Happens when the broker becomes unreachable at that moment.</summary>
    [Fact]
    public void MarkRefused_IsReplacedAfterAWhile()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkSent(_scenario.Sent[0], isConfirmed: false);
        ExpiryScenario.AssertWaits(LeaseObstacle.MarkRefused, _scenario.Check());
        _scenario.Pass(2);
        Assert.Single(_scenario.Sent);

        _scenario.Pass(1);

        Assert.Equal(2, _scenario.Sent.Count);
        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsQueued, _scenario.Check());
    }

    /// <summary>Happens when a queue has no leader.</summary>
    [Fact]
    public void MarkSending_BrokerDoesNotConfirm_MarksDoNotPileUp()
    {
        _scenario.Expire();
        _scenario.Pass(2);
        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsQueued, _scenario.Check());

        _scenario.Pass(1);
        ExpiryScenario.AssertWaits(LeaseObstacle.MarkUnconfirmed, _scenario.Check());
        _scenario.Pass(26);
        Assert.Single(_scenario.Sent);
        _scenario.Pass(1);
        Assert.Equal(2, _scenario.Sent.Count);
    }

    [Fact]
    public void MarkSending_EarlierMarkIsConfirmedLate_StaysUnconfirmed()
    {
        _scenario.Expire();
        _scenario.Pass(30);
        Assert.Equal(2, _scenario.Sent.Count);

        _scenario.Expiry.MarkSent(_scenario.Sent[0], isConfirmed: true);
        _scenario.Pass(3);

        ExpiryScenario.AssertWaits(LeaseObstacle.MarkUnconfirmed, _scenario.Check());
    }

    [Fact]
    public void MarkSending_CameOutAndIsConfirmedAfterwards_IsOver()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);
        _scenario.Expiry.MarkSent(_scenario.Sent[0], isConfirmed: true);
        _scenario.Leases.Release("r", 1);
        _scenario.Grant("another");

        _scenario.Pass(16);

        Assert.Equal(2, _scenario.Sent.Count);
    }

    /// <summary>A wall clock that is set, over a monotonic one that stands still.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 1;
    }
}
