namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>Trains every run to its last epoch.</summary>
public sealed class NoStopping : IStoppingRule
{
    public IReadOnlyList<IReadOnlyList<int>> Rungs { get; } = [[]];

    public double? ValueAt(RunProgress progress, int rung) => null;

    public bool Heeds(RunProgress progress, int epoch) => false;

    public int? NextHold(RunProgress progress, int finished) => null;

    public StoppingStep Apply(StoppingState state, StoppingEvent @event) => @event switch
    {
        StoppingEvent.Created created => new StoppingStep(state.With(created.Run, new RunProgress()), []),
        StoppingEvent.Ended ended => new StoppingStep(state.With(ended.Run, state.Of(ended.Run) with { Phase = ended.IsTrained ? RunPhase.Ended : RunPhase.Failed }), []),
        StoppingEvent.Reported reported => new StoppingStep(state.With(reported.Run, state.Of(reported.Run)), []),
        StoppingEvent.PromotedByHand promoted => new StoppingStep(state.With(promoted.Run, state.Of(promoted.Run)), []),
        _ => new StoppingStep(state, []),
    };
}
