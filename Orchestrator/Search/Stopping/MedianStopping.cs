using System.Collections.Immutable;

namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>
/// Stops a run whose best value is worse than the median of the averages that other runs had over the same epochs (Golovin et al., "Google Vizier: a service for
/// black-box optimization", 2017).
/// </summary>
public sealed class MedianStopping : StoppingRule
{
    /// <summary>A median of fewer other runs says little.</summary>
    internal const int FewestOthers = 5;

    internal MedianStopping(StoppingSettings settings)
        : base(settings) => Rungs = [[.. Enumerable.Range(settings.MinEpochs, settings.Epochs - settings.MinEpochs)]];

    public override IReadOnlyList<IReadOnlyList<int>> Rungs { get; }

    /// <summary>The average over the epochs up to it.</summary>
    public override double? ValueAt(RunProgress progress, int rung) => rung >= Settings.MinEpochs && rung < Settings.Epochs && rung <= progress.Values.Length ? progress.Values[rung - 1] : null;

    public override bool Heeds(RunProgress progress, int epoch) => epoch > progress.Epoch;

    private protected override StoppingStep Report(StoppingState state, StoppingEvent.Reported reported, RunProgress progress)
    {
        if (!Heeds(progress, reported.Epoch))
        {
            return new StoppingStep(state, []);
        }

        RunProgress next = Add(progress, reported);
        List<(int Run, double Value)> others = Ranking.Order(
            state.Runs.Where(run => run.Key != reported.Run && run.Value.Epoch >= next.Epoch).Select(run => (run.Key, run.Value.Values[next.Epoch - 1])),
            Settings.LowerIsBetter);
        bool decides = progress.Phase == RunPhase.UnderWay && next.Epoch >= Math.Max(Settings.MinEpochs, progress.PromotedTo)
            && next.Epoch < Settings.Epochs && others.Count >= FewestOthers;
        double best = next.Best!.Value;
        if (!decides || !Ranking.IsBetter(others[others.Count / 2].Value, best, Settings.LowerIsBetter))
        {
            return new StoppingStep(state.With(reported.Run, next), []);
        }

        double median = others[others.Count / 2].Value;
        int rank = others.Count(other => Ranking.IsBetter(other.Value, best, Settings.LowerIsBetter)) + 1;
        string reason = $"stopped {After(next.Epoch, reported.Value)}, its best {best:0.####} is worse than {median:0.####}, the median of the averages of {others.Count} other runs";
        return new StoppingStep(
            state.With(reported.Run, next with { Phase = RunPhase.Stopped }),
            [new StoppingAction(StoppingDecision.Stop, reported.Run, reason, next.Epoch, best, rank, others.Count + 1)]);
    }

    /// <summary>An epoch without a report counts with the average before it; values that are not numbers make averages that are not.</summary>
    private RunProgress Add(RunProgress progress, StoppingEvent.Reported reported)
    {
        ImmutableArray<double> averages = progress.Values;
        while (averages.Length < reported.Epoch - 1)
        {
            averages = averages.Add(averages.IsEmpty ? reported.Value : averages[^1]);
        }

        double before = averages.IsEmpty ? 0 : averages[^1];
        averages = averages.Add(before + ((reported.Value - before) / reported.Epoch));
        bool isBest = progress.Best is not { } best || Ranking.IsBetter(reported.Value, best, Settings.LowerIsBetter);
        return progress with { Values = averages, Epoch = reported.Epoch, Best = isBest ? reported.Value : progress.Best };
    }
}
