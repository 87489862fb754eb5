using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Reads the searches of sweeps whose runs are proposed from results.</summary>
internal static class StoredSearch
{
    /// <returns>Null for other sweeps, and for those that another version stored with content that this one does not support.</returns>
    public static SearchState? Find(Sweep sweep)
    {
        try
        {
            return SearchState.HasProposals(sweep.SearchState) ? SearchState.FromJson(sweep.SearchState, SpecJson.Read(sweep.Spec)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
