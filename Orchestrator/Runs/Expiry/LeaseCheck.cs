using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>The decision of <see cref="LeaseExpiry"/> about the leases at one moment. Renewed leases are in neither list.</summary>
/// <param name="Ending">Leases that end now.</param>
/// <param name="Waiting">Expired leases that do not end yet.</param>
/// <param name="Obstacle">The reason why all of them wait; null when none waits.</param>
/// <param name="Mark">The mark to send to the queue of run events; null when none is needed.</param>
public sealed record LeaseCheck(IReadOnlyList<Lease> Ending, IReadOnlyList<Lease> Waiting, LeaseObstacle? Obstacle, ReportMark? Mark);
