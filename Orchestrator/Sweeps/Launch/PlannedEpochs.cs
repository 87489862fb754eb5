using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Counts the epochs that a sweep would train. Pure.</summary>
internal static class PlannedEpochs
{
    /// <param name="all">The runs of the launch.</param>
    /// <param name="tree">The runs among them that need training.</param>
    /// <param name="toCome">The number of runs that are proposed later: they are taken to be as long as the sweep's longest run, and to share nothing.</param>
    public static SweepStages Of(SweepSpec spec, IReadOnlyList<Hyperparameters> all, StageTree tree, int toCome)
    {
        long later = (long)toCome * StoppingBudget.Of(spec);
        long naive = all.Sum(run => (long)run.Epochs) + later;
        long planned = tree.Trained.Sum(epochs => (long)epochs) + later;
        return new SweepStages(tree.Shared, naive, (long)Math.Ceiling(planned * ShareTrained(spec)));
    }

    /// <summary>The expected share of all epochs that a run is trained for, averaged over the brackets: one of <c>factor</c> runs continues at each rung.</summary>
    internal static double ShareTrained(SweepSpec spec)
    {
        if (StoredRule.Of(spec) is not { } settings || StoppingRules.Create(settings) is not SuccessiveHalving rule)
        {
            return 1;
        }

        double[] weights = [.. rule.Rungs.Select(rungs => Brackets.WeightOf(rungs, settings.Factor))];
        return rule.Rungs.Zip(weights).Sum(bracket => bracket.Second * MeanEpochs(bracket.First, settings)) / (weights.Sum() * settings.Epochs);
    }

    private static double MeanEpochs(IReadOnlyList<int> rungs, StoppingSettings settings)
    {
        double mean = 0;
        double share = 1;
        int before = 0;
        foreach (int rung in rungs.Append(settings.Epochs))
        {
            mean += share * (rung - before);
            share /= settings.Factor;
            before = rung;
        }

        return mean;
    }
}
