using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>Turns a sweep, with a space or without, into the configurations of its runs. Pure: equal sweeps give equal cells.</summary>
public static class SweepExpansion
{
    /// <summary>All distinct cells, checked; a sweep that cannot run gives errors instead.</summary>
    public static GridExpansionResult Expand(SweepSpec spec)
    {
        if (spec.Space.Count == 0)
        {
            return GridExpansion.Expand(spec);
        }

        IReadOnlyDictionary<string, string[]> errors = SweepDimensions.Check(spec.Space);
        return errors.Count > 0 ? new GridExpansionResult([], 0, errors) : SpaceExpansion.Expand(spec, new SpaceDraws(spec.Space, spec.Search!).ValuesOf);
    }
}
