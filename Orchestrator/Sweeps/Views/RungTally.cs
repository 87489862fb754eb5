using Experiments.Contracts.Api;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>A run that had an attempt in a sweep with a stopping rule.</summary>
/// <param name="Progress">What the rule knows about it.</param>
/// <param name="Epoch">The number of finished epochs.</param>
internal sealed record RungRun(RunProgress Progress, int Epoch);

/// <summary>Counts the runs at each rung. Pure.</summary>
internal static class RungTally
{
    /// <summary>One entry per epoch at which the rule decides, in rising order; of all brackets together.</summary>
    public static IReadOnlyList<SearchRung> Of(IStoppingRule rule, IReadOnlyCollection<RungRun> runs) =>
    [
        .. from epoch in rule.Rungs.SelectMany(bracket => bracket).Distinct().Order()
           select new SearchRung(epoch, runs.Count(run => HasReached(rule, run.Progress, epoch)), runs.Count(run => HasPassed(rule, run, epoch))),
    ];

    private static bool HasReached(IStoppingRule rule, RunProgress run, int epoch) =>
        run.Epoch >= epoch && run.Bracket < rule.Rungs.Count && rule.Rungs[run.Bracket].Contains(epoch);

    /// <summary>One that failed or was cancelled at the rung has not.</summary>
    private static bool HasPassed(IStoppingRule rule, RungRun run, int epoch) =>
        HasReached(rule, run.Progress, epoch) && (run.Epoch > epoch || run.Progress.Phase is RunPhase.UnderWay or RunPhase.Ended);
}
