using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Expiry;

/// <summary>Leases of 15 s on simulated time, which are checked every second.</summary>
internal sealed class ExpiryScenario
{
    public ExpiryScenario()
    {
        Leases = new LeaseTable(null!, Time);
        Expiry = Create();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public LeaseTable Leases { get; }

    public LeaseExpiry Expiry { get; }

    /// <summary>The marks that checks asked for.</summary>
    public List<ReportMark> Sent { get; } = [];

    public LeaseExpiry Create(TimeProvider? time = null) => new(Options.Create(new LeaseOptions()), time ?? Time);

    public void Grant(string run = "r") => Leases.Grant(run, "s", 1, "w");

    public void Listen()
    {
        Expiry.Connection(isUp: true);
        Check();
    }

    /// <summary>A lease expires, and its mark is sent.</summary>
    public void Expire()
    {
        Listen();
        Grant();
        Pass(16);
        Assert.Single(Sent);
    }

    /// <summary>Checks every second.</summary>
    public void Pass(int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            Time.Advance(LeaseExpiry.CheckInterval);
            Check();
        }
    }

    public LeaseCheck Check()
    {
        LeaseCheck check = Expiry.Check(Leases.All());
        Sent.AddRange(check.Mark is { } mark ? [mark] : []);
        return check;
    }

    public void AssertBeginsAnew()
    {
        Sent.Clear();
        AssertNothing(Check());
        Pass(15);
        AssertNothing(Check());
        Pass(1);
        AssertWaits(LeaseObstacle.ReportsQueued, Check());
        Expiry.MarkCameOut(Sent[^1]);
        Assert.Single(Check().Ending);
    }

    public static void AssertNothing(LeaseCheck check) => Assert.Equal((0, 0, null, null), (check.Ending.Count, check.Waiting.Count, check.Obstacle, check.Mark));

    public static void AssertWaits(LeaseObstacle obstacle, LeaseCheck check) =>
        Assert.Equal((0, 1, obstacle), (check.Ending.Count, check.Waiting.Count, check.Obstacle));
}
