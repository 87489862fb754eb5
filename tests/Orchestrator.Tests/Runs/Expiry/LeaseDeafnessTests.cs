using Experiments.Orchestrator.Runs.Expiry;

namespace Experiments.Orchestrator.Tests.Runs.Expiry;

/// <summary>When missing heartbeats are ignored, and that every lease restarts afterwards.</summary>
public sealed class LeaseDeafnessTests
{
    private readonly ExpiryScenario _scenario = new();

    [Fact]
    public void Deaf_NeverConnected_NoLeaseEndsAndNoMarkIsSent()
    {
        _scenario.Grant();
        _scenario.Pass(100);

        ExpiryScenario.AssertWaits(LeaseObstacle.Disconnected, _scenario.Check());
        Assert.Empty(_scenario.Sent);
    }

    [Fact]
    public void Deaf_Connected_LeasesRestart()
    {
        _scenario.Grant();
        _scenario.Pass(100);

        _scenario.Expiry.Connection(isUp: true);

        _scenario.AssertBeginsAnew();
    }

    [Fact]
    public void Listening_Disconnected_IsDeafUntilConnectedAgain()
    {
        _scenario.Expire();
        _scenario.Expiry.Connection(isUp: false);
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);
        ExpiryScenario.AssertWaits(LeaseObstacle.Disconnected, _scenario.Check());
        _scenario.Pass(10);

        _scenario.Expiry.Connection(isUp: true);

        _scenario.AssertBeginsAnew();
    }

    [Fact]
    public void Listening_ReportFails_IsDeafUntilOneIsTakenIn()
    {
        _scenario.Expire();
        _scenario.Expiry.Report(isTaken: false);
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);
        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsFail, _scenario.Check());
        _scenario.Pass(10);

        _scenario.Expiry.Report(isTaken: true);

        _scenario.AssertBeginsAnew();
    }

    [Fact]
    public void Listening_ReportFails_IsDeafUntilItIsRetriedNoMore()
    {
        _scenario.Expire();
        _scenario.Expiry.Report(isTaken: false);
        _scenario.Pass(45);
        ExpiryScenario.AssertWaits(LeaseObstacle.ReportsFail, _scenario.Check());

        _scenario.Time.Advance(TimeSpan.FromMilliseconds(1));

        _scenario.AssertBeginsAnew();
    }

    /// <summary>Happens when a laptop is suspended, or the process is stopped and continued.</summary>
    [Fact]
    public void Listening_ProcessStoodStill_IsDeafForOneCheck()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);
        _scenario.Time.Advance(TimeSpan.FromHours(8));

        ExpiryScenario.AssertWaits(LeaseObstacle.StoodStill, _scenario.Check());

        _scenario.AssertBeginsAnew();
    }

    [Fact]
    public void Listening_GapBetweenChecksThatIsShort_ListensOn()
    {
        _scenario.Expire();
        _scenario.Expiry.MarkCameOut(_scenario.Sent[0]);

        _scenario.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.Single(_scenario.Check().Ending);
    }
}
