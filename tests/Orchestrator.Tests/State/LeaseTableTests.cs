using CsCheck;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.State;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.State;

public sealed class LeaseTableTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LeaseTable _leases;

    public LeaseTableTests() => _leases = new LeaseTable(null!, _time);

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

    /// <summary>After any sequence of grants and releases, at most one attempt of a run can renew: the one granted last.</summary>
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
}
