namespace Experiments.Orchestrator.Search.Stopping;

public enum StoppingDecision
{
    /// <summary>The run trains on.</summary>
    Continue,

    /// <summary>The run ends its attempt and keeps its checkpoint; it may be promoted later.</summary>
    Pause,

    /// <summary>A paused or stopped run continues from its checkpoint, before runs that have not started.</summary>
    Promote,

    /// <summary>The run ends; only a user can let it continue.</summary>
    Stop,
}

/// <summary>A decision about a run, with its reason.</summary>
/// <param name="Reason">Reads on from the run's name: "paused after epoch 3 at 0.41, rank 31 of 40, the best 13 continue".</param>
/// <param name="Epoch">The number of epochs behind <paramref name="Value"/>.</param>
/// <param name="Value">The value that was ranked.</param>
/// <param name="Rank">The rank of the value, from 1; null where nothing was ranked.</param>
/// <param name="Of">The number of values that were ranked.</param>
public sealed record StoppingAction(StoppingDecision Decision, int Run, string Reason, int Epoch, double Value, int? Rank, int? Of);
