using Experiments.Contracts.Api;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Counts the runs at each rung, and shows their values. Pure.</summary>
internal static class RungTally
{
    /// <summary>More than halving has with any budget. Of a rule that decides after every epoch, this number of rungs is shown.</summary>
    internal const int MostRungs = 16;

    /// <summary>In rising order; the runs of all brackets together.</summary>
    public static IReadOnlyList<SearchRung> Of(IStoppingRule rule, IReadOnlyCollection<RungRun> runs) => [.. RungsOf(rule).Select(epoch => Count(rule, runs, epoch))];

    /// <param name="maxPoints">The most runs per rung; of more, some of each rank.</param>
    public static IReadOnlyList<RungPoints> PointsOf(IStoppingRule rule, bool lowerIsBetter, IReadOnlyCollection<RungRun> runs, int maxPoints) =>
        [.. RungsOf(rule).Select(epoch => PointsAt(rule, lowerIsBetter, runs, epoch, maxPoints))];

    private static List<int> RungsOf(IStoppingRule rule) => Spread([.. rule.Rungs.SelectMany(bracket => bracket).Distinct().Order()], MostRungs);

    private static SearchRung Count(IStoppingRule rule, IReadOnlyCollection<RungRun> runs, int epoch)
    {
        ILookup<RungFate, RungRun> fates = runs.Where(run => rule.ValueAt(run.Progress, epoch) is not null).ToLookup(run => run.FateAt(rule, epoch));
        return new SearchRung(
            epoch,
            fates.Sum(fate => fate.Count()),
            fates[RungFate.Continued].Count(),
            fates[RungFate.Paused].Count(),
            fates[RungFate.Stopped].Count());
    }

    private static RungPoints PointsAt(IStoppingRule rule, bool lowerIsBetter, IReadOnlyCollection<RungRun> runs, int epoch, int maxPoints)
    {
        Dictionary<int, RungRun> reached = runs.Where(run => rule.ValueAt(run.Progress, epoch) is not null).ToDictionary(run => run.Cell);
        List<(int Run, double Value)> order = Ranking.Order(reached.Values.Select(run => (run.Cell, rule.ValueAt(run.Progress, epoch)!.Value)), lowerIsBetter);
        List<(int Run, double Value)> shown = Spread(order, maxPoints);
        return new RungPoints
        {
            Epoch = epoch,
            Reached = order.Count,
            Runs = [.. shown.Select(entry => reached[entry.Run].Id)],
            Cells = [.. shown.Select(entry => entry.Run)],
            Values = [.. shown.Select(entry => double.IsFinite(entry.Value) ? entry.Value : (double?)null)],
            Fates = [.. shown.Select(entry => reached[entry.Run].FateAt(rule, epoch))],
        };
    }

    /// <summary>At most <paramref name="most"/> entries, evenly spaced, with the first and the last.</summary>
    private static List<T> Spread<T>(List<T> all, int most) =>
        all.Count <= most ? all
        : most == 1 ? [all[0]]
        : [.. Enumerable.Range(0, most).Select(place => all[(int)((long)place * (all.Count - 1) / (most - 1))])];
}
