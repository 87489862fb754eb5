namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>
/// Asynchronous successive halving (Li et al., "A system for massively parallel hyperparameter tuning", 2020), which pauses and promotes. Of n runs that reached
/// a rung, those among the best n / factor continue; the others pause, and are promoted when later results move that bound past them. Runs of a bracket are ranked
/// among each other.
/// </summary>
public sealed class SuccessiveHalving : StoppingRule
{
    internal SuccessiveHalving(StoppingSettings settings, IReadOnlyList<IReadOnlyList<int>> rungs)
        : base(settings) => Rungs = rungs;

    public override IReadOnlyList<IReadOnlyList<int>> Rungs { get; }

    public override double? ValueAt(RunProgress progress, int rung)
    {
        // An extension with more epochs may have added brackets, but never removes one.
        int index = progress.Bracket < Rungs.Count ? Rungs[progress.Bracket].ToList().IndexOf(rung) : -1;
        return index >= 0 && index < progress.Values.Length ? progress.Values[index] : null;
    }

    public override bool Heeds(RunProgress progress, int epoch) => HasReachedRung(progress, epoch) || IsEndOfPromotion(progress, epoch);

    public override int? NextHold(RunProgress progress, int finished) => progress.PromotedTo > finished
        ? progress.PromotedTo
        : Rungs[progress.Bracket].Skip(progress.Values.Length).Where(rung => rung > finished).Cast<int?>().FirstOrDefault();

    private protected override RunProgress New(StoppingState state) =>
        Rungs.Count == 1
            ? new RunProgress()
            : new RunProgress { Bracket = Brackets.Next(Rungs, [.. Rungs.Select((_, bracket) => state.Runs.Values.Count(run => run.Bracket == bracket))], Settings.Factor) };

    private protected override StoppingStep Report(StoppingState state, StoppingEvent.Reported reported, RunProgress progress)
    {
        int rung = progress.Values.Length;
        if (!HasReachedRung(progress, reported.Epoch))
        {
            return IsEndOfPromotion(progress, reported.Epoch) ? PauseAgain(state, reported, progress) : new StoppingStep(state, []);
        }

        RunProgress reached = progress with { Values = progress.Values.Add(reported.Value), Epoch = reported.Epoch };
        StoppingState known = state.With(reported.Run, reached);
        List<(int Run, double Value)> order = ValuesAt(known, reached.Bracket, rung);
        int continuing = order.Count / Settings.Factor;
        int rank = order.FindIndex(entry => entry.Run == reported.Run) + 1;
        StoppingStep step = progress.Phase != RunPhase.UnderWay ? new StoppingStep(known, [])
            : reported.Epoch < reached.PromotedTo || rank <= continuing ? new StoppingStep(known, [Decide(StoppingDecision.Continue, order, rank, continuing, reached)])
            : new StoppingStep(
                known.With(reported.Run, reached with { Phase = RunPhase.Paused }),
                [Decide(StoppingDecision.Pause, order, rank, continuing, reached)]);
        return PromoteBest(step, order, rung, continuing);
    }

    /// <summary>Whether the epoch is that of the run's next rung, or later.</summary>
    private bool HasReachedRung(RunProgress progress, int epoch) =>
        progress.Values.Length < Rungs[progress.Bracket].Count && epoch >= Rungs[progress.Bracket][progress.Values.Length];

    private bool IsEndOfPromotion(RunProgress progress, int epoch) =>
        progress.Phase == RunPhase.UnderWay && epoch == progress.PromotedTo && epoch > progress.Epoch && epoch < Settings.Epochs;

    /// <summary>A user promoted the run to an epoch that is not a rung: it keeps the rank that it has at its last one.</summary>
    private static StoppingStep PauseAgain(StoppingState state, StoppingEvent.Reported reported, RunProgress progress)
    {
        string reason = $"paused {After(reported.Epoch, reported.Value)}, the epoch that it was promoted to by hand";
        return new StoppingStep(
            state.With(reported.Run, progress with { Phase = RunPhase.Paused, Epoch = reported.Epoch }),
            [new StoppingAction(StoppingDecision.Pause, reported.Run, reason, reported.Epoch, reported.Value, Rank: null, Of: null)]);
    }

    /// <summary>
    /// From the last rung that any run reached, the best paused run is promoted unless a run got past that rung. Runs that failed after a rung do not count.
    /// </summary>
    private protected override StoppingStep Idle(StoppingState state)
    {
        for (int bracket = 0; bracket < Rungs.Count; bracket++)
        {
            for (int rung = Rungs[bracket].Count - 1; rung >= 0; rung--)
            {
                List<(int Run, double Value)> order = ValuesAt(state, bracket, rung);
                if (order.All(entry => state.Of(entry.Run).Phase == RunPhase.Failed))
                {
                    continue;
                }

                if (order.All(entry => state.Of(entry.Run).Phase == RunPhase.Failed || IsPausedAt(state, entry.Run, rung)))
                {
                    int best = order.FindIndex(entry => IsPausedAt(state, entry.Run, rung));
                    return PromoteBest(new StoppingStep(state, []), order, rung, continuing: best + 1);
                }

                break;
            }
        }

        return new StoppingStep(state, []);
    }

    private static StoppingStep PromoteBest(StoppingStep step, List<(int Run, double Value)> order, int rung, int continuing)
    {
        StoppingState state = step.State;
        List<StoppingAction> actions = [.. step.Actions];
        for (int rank = 1; rank <= continuing; rank++)
        {
            int run = order[rank - 1].Run;
            if (IsPausedAt(state, run, rung))
            {
                actions.Add(Decide(StoppingDecision.Promote, order, rank, continuing, state.Of(run)));
                state = state.With(run, state.Of(run) with { Phase = RunPhase.UnderWay });
            }
        }

        return new StoppingStep(state, actions);
    }

    private static bool IsPausedAt(StoppingState state, int run, int rung) =>
        state.Of(run) is { Phase: RunPhase.Paused } progress && progress.Values.Length == rung + 1;

    private List<(int Run, double Value)> ValuesAt(StoppingState state, int bracket, int rung) => Ranking.Order(
        state.Runs.Where(run => run.Value.Bracket == bracket && run.Value.Values.Length > rung).Select(run => (run.Key, run.Value.Values[rung])),
        Settings.LowerIsBetter);

    private static StoppingAction Decide(StoppingDecision decision, List<(int Run, double Value)> order, int rank, int continuing, RunProgress progress)
    {
        (int run, double value) = order[rank - 1];
        string verb = decision switch
        {
            StoppingDecision.Pause => "paused",
            StoppingDecision.Promote => "promoted",
            _ when rank > continuing => "continues as asked by hand",
            _ => "continues",
        };
        string reason = $"{verb} {After(progress.Epoch, value)}, rank {rank} of {order.Count}, the best {continuing} continue";
        return new StoppingAction(decision, run, reason, progress.Epoch, value, rank, order.Count);
    }
}
