using Experiments.Contracts.Api;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Counts the runs at each rung. Pure.</summary>
internal static class RungTally
{
    /// <summary>One entry per epoch at which the rule decides, in rising order; of all brackets together.</summary>
    public static IReadOnlyList<SearchRung> Of(IStoppingRule rule, StoppingState state)
    {
        RunProgress[] runs = [.. state.Runs.Values];
        return
        [
            .. from epoch in rule.Rungs.SelectMany(bracket => bracket).Distinct().Order()
               select new SearchRung(epoch, runs.Count(run => HasReached(rule, run, epoch)), runs.Count(run => HasPassed(rule, run, epoch))),
        ];
    }

    private static bool HasReached(IStoppingRule rule, RunProgress run, int epoch) =>
        run.Epoch >= epoch && run.Bracket < rule.Rungs.Count && rule.Rungs[run.Bracket].Contains(epoch);

    private static bool HasPassed(IStoppingRule rule, RunProgress run, int epoch) =>
        HasReached(rule, run, epoch) && (run.Epoch > epoch || run.Phase is RunPhase.UnderWay or RunPhase.Ended);
}
