using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>What an adaptive search may propose later, for checks at the launch.</summary>
internal static class FutureRuns
{
    private static readonly string[] Checked = ["model", "pretrained", "teacher", "precision"];

    /// <summary>
    /// Configurations with every combination of models, weights, teachers and precisions that the sweep names; none for a sweep whose runs are all created at
    /// the launch.
    /// </summary>
    public static IEnumerable<Hyperparameters> Of(SweepSpec spec)
    {
        if (!SearchMethods.IsAdaptive(spec))
        {
            return [];
        }

        IEnumerable<Hyperparameters> configurations = SpaceExpansion.Combinations(spec).Select(combination => combination.Hyperparameters);
        foreach (ChoiceAxis axis in spec.Space.OfType<ChoiceAxis>().Where(axis => Checked.Contains(axis.Hyperparameter.Name)))
        {
            configurations = configurations.SelectMany(_ => axis.Values, (configuration, value) => axis.Hyperparameter.Set(configuration, value));
        }

        return configurations.DistinctBy(run => (run.Model, run.Pretrained, run.Teacher, run.Precision)).Select(run => CellDefaults.Resolve(run, spec.Dataset));
    }
}
