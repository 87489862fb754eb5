using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>What <see cref="LeaseExpiry"/> makes of the leases at one moment. Those whose workers are not silent are in neither list.</summary>
/// <param name="Ending">They end now.</param>
/// <param name="Waiting">They have expired, and do not end yet.</param>
/// <param name="Obstacle">What all of them wait for; null when none waits.</param>
/// <param name="Mark">To be sent into the queue of run events; null when none is needed.</param>
public sealed record LeaseCheck(IReadOnlyList<Lease> Ending, IReadOnlyList<Lease> Waiting, LeaseObstacle? Obstacle, ReportMark? Mark);
