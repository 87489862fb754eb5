using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>An event that a search method reacts to.</summary>
public abstract record SearchEvent
{
    /// <summary>The sweep was launched.</summary>
    public sealed record Launched(SweepSpec Spec) : SearchEvent;

    /// <summary>A user added values to axes, or grids.</summary>
    public sealed record Extended(GridExtension Grid) : SearchEvent;

    /// <summary>Runs ended, or run again after they had ended.</summary>
    public sealed record Observed(IReadOnlyList<RunFact> Facts) : SearchEvent;
}

/// <summary>An action that a search method requests.</summary>
public abstract record SearchAction
{
    /// <summary>Train this configuration.</summary>
    /// <param name="Cell">Its number in the sweep, from 1; never used twice.</param>
    public sealed record CreateRun(int Cell, Hyperparameters Hyperparameters) : SearchAction
    {
        /// <summary>The index of the sweep's grid that it belongs to, from 0.</summary>
        public int Grid { get; init; }
    }
}

/// <summary>The outcome of an event: the new state and the actions to take; or errors, by path, when the event is not possible.</summary>
public sealed record SearchStep<TState>(
    TState State, IReadOnlyList<SearchAction> Actions, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>
/// Decides which configurations a sweep tries. A pure state machine: its actions follow from its state and the event, so it continues after a restart
/// as if nothing had happened. Random methods draw by the number of the draw, so that their state is what they have proposed.
/// </summary>
public interface ISearchMethod<TState>
{
    SearchStep<TState> Apply(TState state, SearchEvent @event);
}
