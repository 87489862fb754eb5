namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>An event that a stopping rule reacts to.</summary>
public abstract record StoppingEvent
{
    /// <summary>A run was created, or is trained again after it had ended; it keeps the values that are known.</summary>
    public sealed record Created(int Run) : StoppingEvent;

    /// <summary>A run has a value after an epoch. A report for an epoch that is known already has no effect.</summary>
    /// <param name="Epoch">The number of epochs behind the value, from 1.</param>
    /// <param name="Value">The value of the objective as the user sees it; NaN ranks last.</param>
    public sealed record Reported(int Run, int Epoch, double Value) : StoppingEvent;

    /// <summary>A run is trained to its last epoch, failed, or was canceled or deleted. Its values keep their ranks.</summary>
    /// <param name="IsTrained">Whether it is trained to its last epoch.</param>
    public sealed record Ended(int Run, bool IsTrained = true) : StoppingEvent;

    /// <summary>A user lets a paused or stopped run continue, or exempts a run under way from the rule.</summary>
    /// <param name="Epochs">The rule does not decide about the run before this epoch; null to train it to the end.</param>
    public sealed record PromotedByHand(int Run, int? Epochs) : StoppingEvent;

    /// <summary>No run waits or trains, and none will be created: a rule whose runs are too few for a promotion promotes the best.</summary>
    public sealed record Idle : StoppingEvent;
}
