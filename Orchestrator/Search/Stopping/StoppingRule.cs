namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>What rules that stop runs share: everything but what a report leads to.</summary>
public abstract class StoppingRule : IStoppingRule
{
    private protected StoppingRule(StoppingSettings settings) => Settings = settings;

    public abstract IReadOnlyList<IReadOnlyList<int>> Rungs { get; }

    private protected StoppingSettings Settings { get; }

    public abstract double? ValueAt(RunProgress progress, int rung);

    public abstract bool Heeds(RunProgress progress, int epoch);

    public virtual int? NextHold(RunProgress progress, int finished) => null;

    public StoppingStep Apply(StoppingState state, StoppingEvent @event) => @event switch
    {
        StoppingEvent.Created created => new StoppingStep(state.With(created.Run, Created(state, created.Run)), []),
        StoppingEvent.Ended ended => new StoppingStep(state.With(ended.Run, state.Of(ended.Run) with { Phase = ended.IsTrained ? RunPhase.Ended : RunPhase.Failed }), []),
        StoppingEvent.Reported reported => Report(state, reported, state.Of(reported.Run)),
        StoppingEvent.PromotedByHand promoted => Promote(state, promoted, state.Of(promoted.Run)),
        StoppingEvent.Idle => Idle(state),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "not an event that a stopping rule knows"),
    };

    /// <summary>The entry of a run that is new.</summary>
    private protected virtual RunProgress New(StoppingState state) => new();

    private protected abstract StoppingStep Report(StoppingState state, StoppingEvent.Reported reported, RunProgress progress);

    private protected virtual StoppingStep Idle(StoppingState state) => new(state, []);

    /// <summary>The sentence part that all reasons about a value have.</summary>
    private protected static string After(int epoch, double value) => $"after epoch {epoch} at {value:0.####}";

    private RunProgress Created(StoppingState state, int run) =>
        state.Runs.TryGetValue(run, out RunProgress? known) ? known with { Phase = RunPhase.UnderWay } : New(state);

    private StoppingStep Promote(StoppingState state, StoppingEvent.PromotedByHand promoted, RunProgress progress)
    {
        int target = Math.Min(promoted.Epochs ?? Settings.Epochs, Settings.Epochs);
        bool isHeld = progress.Phase is RunPhase.Paused or RunPhase.Stopped;
        if (!isHeld && (progress.Phase is RunPhase.Ended or RunPhase.Failed || target <= progress.PromotedTo))
        {
            return new StoppingStep(state, []);
        }

        double value = progress.Values.IsEmpty ? double.NaN : progress.Values[^1];
        var action = new StoppingAction(
            isHeld ? StoppingDecision.Promote : StoppingDecision.Continue,
            promoted.Run,
            $"promoted by hand after epoch {progress.Epoch}, trains to {(target == Settings.Epochs ? "the end" : $"epoch {target}")}",
            progress.Epoch,
            value,
            Rank: null,
            Of: null);
        return new StoppingStep(state.With(promoted.Run, progress with { Phase = RunPhase.UnderWay, PromotedTo = Math.Max(target, progress.PromotedTo) }), [action]);
    }
}
