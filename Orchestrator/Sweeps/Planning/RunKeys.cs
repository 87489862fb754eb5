using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Gives the runs that a search creates their keys. Pure.</summary>
internal static class RunKeys
{
    public static PlannedRun[] Plan(SweepSpec spec, KeyInputs inputs, IEnumerable<SearchAction.CreateRun> created) => [.. created.Select(run => Plan(spec, inputs, run))];

    private static PlannedRun Plan(SweepSpec spec, KeyInputs inputs, SearchAction.CreateRun run)
    {
        Hyperparameters settings = run.Hyperparameters.Precision == Precision.Auto
            ? run.Hyperparameters with { Precision = inputs.Precisions[run.Hyperparameters.Model] }
            : run.Hyperparameters;
        KeyWeights weights = inputs.Weights[settings.Pretrained];
        return new PlannedRun(run.Cell, settings, RunKey.Of(settings, spec.Dataset, spec.Objective, inputs.Fingerprint, weights.Fingerprint))
        {
            Inputs = new RunInputs(inputs.Data, weights.Seen),
            StageKey = spec.Share ? RunKey.OfFirstEpoch(settings, spec.Dataset, spec.Objective, inputs.Fingerprint, weights.Fingerprint) : null,
        };
    }
}
