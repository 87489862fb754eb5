namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Why expired leases do not end yet.</summary>
public enum LeaseObstacle
{
    Disconnected,
    ReportsFail,
    StoodStill,
    ReportsQueued,
    MarkUnconfirmed,
    MarkRefused,
}

internal static class LeaseObstacleText
{
    /// <summary>Completes "They do not end yet: …".</summary>
    public static string Describe(this LeaseObstacle obstacle) => obstacle switch
    {
        LeaseObstacle.Disconnected => "heartbeats cannot arrive, because the broker is not reachable",
        LeaseObstacle.ReportsFail => "a report could not be taken in and is retried; the reports of their ends may wait behind it",
        LeaseObstacle.StoodStill => "this process stood still and could hear no worker",
        LeaseObstacle.ReportsQueued => "reports that were sent before they expired have yet to be taken in",
        LeaseObstacle.MarkUnconfirmed => "the broker does not confirm the mark that is to follow their reports",
        LeaseObstacle.MarkRefused => "the mark that is to follow their reports could not be sent",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, null),
    };
}
