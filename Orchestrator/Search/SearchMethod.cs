using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>What a search method is told.</summary>
public abstract record SearchEvent
{
    /// <summary>The sweep was launched.</summary>
    public sealed record Launched(SweepSpec Spec) : SearchEvent;

    /// <summary>A user added values to axes, or grids.</summary>
    public sealed record Extended(GridExtension Grid) : SearchEvent;
}

/// <summary>What a search method wants done.</summary>
public abstract record SearchAction
{
    /// <summary>Train this configuration.</summary>
    /// <param name="Cell">Its number in the sweep, from 1; never used twice.</param>
    public sealed record CreateRun(int Cell, Hyperparameters Hyperparameters) : SearchAction
    {
        /// <summary>Which of the sweep's grids it stands in, from 0.</summary>
        public int Grid { get; init; }
    }
}

/// <summary>The outcome of an event: the new state, and what to do; or why the event cannot be, by path.</summary>
public sealed record SearchStep<TState>(
    TState State, IReadOnlyList<SearchAction> Actions, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>
/// Decides which configurations a sweep tries. A pure state machine: whatever it does follows from its state and the
/// event, so that it goes on after a restart as if nothing had been. Random methods keep their generator in the state.
/// </summary>
public interface ISearchMethod<TState>
{
    SearchStep<TState> Apply(TState state, SearchEvent @event);
}
