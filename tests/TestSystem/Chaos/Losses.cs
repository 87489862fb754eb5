using Experiments.Contracts.Runs;

namespace Experiments.TestSystem.Chaos;

/// <summary>An attempt whose lease expired without a report of its worker.</summary>
/// <param name="Noticed">The time from the fault of its worker to the expiry; null without such a fault.</param>
/// <param name="WasDeaf">True if the Orchestrator could not receive heartbeats, since it or the broker was down.</param>
public sealed record Loss(AttemptRecord Attempt, TimeSpan? Noticed, bool WasDeaf);

/// <summary>Assigns lost attempts to faults. Pure.</summary>
public static class Losses
{
    public static IReadOnlyList<Loss> Of(IEnumerable<AttemptRecord> attempts, IReadOnlyList<Injection> injections) =>
        [.. attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Lost).Select(attempt => Of(attempt, injections))];

    /// <summary>The median (the upper one of two); null without values.</summary>
    public static TimeSpan? Median(IReadOnlyCollection<TimeSpan> times) => times.Count == 0 ? null : times.Order().ElementAt(times.Count / 2);

    private static Loss Of(AttemptRecord attempt, IReadOnlyList<Injection> injections)
    {
        DateTimeOffset end = attempt.EndedAt!.Value;
        Injection? cause = injections
            .Where(injection => FaultKinds.IsOfWorker(injection.Fault.Kind)
                && WorkerFleet.NameOf(injection.Fault.Worker!.Value) == attempt.WorkerId
                && injection.At >= attempt.StartedAt
                && injection.At <= end)
            .MinBy(injection => injection.At);
        DateTimeOffset from = cause?.At ?? attempt.StartedAt;
        bool wasDeaf = injections.Any(injection =>
            FaultKinds.DeafensOrchestrator(injection.Fault.Kind) && injection.At <= end && injection.RecoveredAt >= from);
        return new Loss(attempt, end - cause?.At, wasDeaf);
    }
}
