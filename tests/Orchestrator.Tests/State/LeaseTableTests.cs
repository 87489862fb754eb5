using CsCheck;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.State;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.State;

public sealed class LeaseTableTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LeaseTable _leases;

    public LeaseTableTests() => _leases = new LeaseTable(null!, _time);

    [Fact]
    public void SilentFor_SilentWorker_IsAfterTheLeaseAndNotBefore()
    {
        _leases.Grant("r", "s", 1, "w");
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(_leases.SilentFor(Duration));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(("r", 1), _leases.SilentFor(Duration).Select(lease => (lease.RunId, lease.Attempt)).Single());
    }

    [Fact]
    public void SilentFor_RenewedLease_CountsAnew()
    {
        _leases.Grant("r", "s", 1, "w");
        for (int i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(AttemptDirective.Continue, _leases.Renew("r", 1, "w"));
        }

        Assert.Empty(_leases.SilentFor(Duration));
    }

    [Fact]
    public void SilentFor_WallClockPutForward_LosesNothing()
    {
        var time = new SetClock();
        var leases = new LeaseTable(null!, time);
        leases.Grant("r", "s", 1, "w");

        time.Now = time.Now.AddHours(3);

        Assert.Empty(leases.SilentFor(Duration));
    }

    [Fact]
    public void RenewAll_AfterAnOutage_GivesAWholeLease()
    {
        _leases.Grant("r", "s", 1, "w");
        _time.Advance(TimeSpan.FromMinutes(5));

        _leases.RenewAll();

        Assert.Empty(_leases.SilentFor(Duration));
    }

    [Fact]
    public void DirectSweep_CancelledRun_StaysCancelled()
    {
        _leases.Grant("r1", "s", 1, "w1");
        _leases.Grant("r2", "s", 1, "w2");
        _leases.Grant("r3", "other", 1, "w3");
        _leases.Direct("r1", AttemptDirective.Cancel);

        _leases.DirectSweep("s", AttemptDirective.HandBack);

        Assert.Equal(AttemptDirective.Cancel, _leases.Renew("r1", 1, "w1"));
        Assert.Equal(AttemptDirective.HandBack, _leases.Renew("r2", 1, "w2"));
        Assert.Equal(AttemptDirective.Continue, _leases.Renew("r3", 1, "w3"));
    }

    /// <summary>Whatever is granted and released in whatever order, at most one attempt of a run can renew: the one granted last.</summary>
    [Fact]
    public void Renew_AnySequenceOfGrantsAndReleases_WorksForTheNewestAttemptAlone() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 5]).Array[0, 40].Sample(steps =>
        {
            var leases = new LeaseTable(null!, new FakeTimeProvider());
            int? holder = null;
            foreach ((bool isGrant, int attempt) in steps)
            {
                if (isGrant)
                {
                    leases.Grant("r", "s", attempt, $"w{attempt}");
                    holder = attempt;
                }
                else
                {
                    leases.Release("r", attempt);
                    holder = holder == attempt ? null : holder;
                }

                int[] renewed = [.. Enumerable.Range(1, 5).Where(i => leases.Renew("r", i, $"w{i}") == AttemptDirective.Continue)];
                Assert.Equal(holder is { } only ? [only] : [], renewed);
            }
        });

    /// <summary>A wall clock that somebody sets, over a monotonic one that stands still.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 1;
    }
}
