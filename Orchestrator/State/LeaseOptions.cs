using Experiments.ServiceDefaults;

namespace Experiments.Orchestrator.State;

/// <summary>The section <c>Leases</c> of the configuration.</summary>
public sealed class LeaseOptions
{
    public const string Section = "Leases";

    /// <summary>How long a worker keeps a run after its last heartbeat. Workers send one every 5 s.</summary>
    [SettingRange(Section, 1.0, 3600.0)]
    public double Seconds { get; set; } = 15;

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);
}
