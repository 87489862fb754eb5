namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>The new state after an event, and the decisions.</summary>
public sealed record StoppingStep(StoppingState State, IReadOnlyList<StoppingAction> Actions);

/// <summary>
/// Decides how long each run is trained. A pure state machine: decisions follow from the state and the event, so only the order of events matters, and a stored
/// state continues after a restart as if nothing had happened.
/// </summary>
public interface IStoppingRule
{
    /// <summary>The epochs at which the rule decides, by bracket, in rising order; all below the budget.</summary>
    IReadOnlyList<IReadOnlyList<int>> Rungs { get; }

    /// <summary>The value by which the rule ranks the run at a rung.</summary>
    /// <returns>Null if the run has not reached it, or its bracket does not have it.</returns>
    double? ValueAt(RunProgress progress, int rung);

    /// <summary>Whether a report of the run after this epoch can change anything: a caller may leave out all others.</summary>
    bool Heeds(RunProgress progress, int epoch);

    /// <summary>The next epoch at which the run may be held: an attempt that ends there trains no epoch too many. Null if it may be held at any epoch or at none.</summary>
    /// <param name="finished">The number of finished epochs.</param>
    int? NextHold(RunProgress progress, int finished);

    /// <exception cref="InvalidOperationException">The event names a run that was not created.</exception>
    StoppingStep Apply(StoppingState state, StoppingEvent @event);
}
