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

    /// <exception cref="InvalidOperationException">The event names a run that was not created.</exception>
    StoppingStep Apply(StoppingState state, StoppingEvent @event);
}
