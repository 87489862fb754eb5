using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Finds a sweep to extend, or explains why it cannot be extended.</summary>
internal static class ExtendableSweep
{
    /// <exception cref="ApiException">There is no such sweep, or it was cancelled.</exception>
    public static async Task<Sweep> FindAsync(StateContext db, string id, CancellationToken cancellationToken)
    {
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(sweep => sweep.Id == id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
        Require(sweep);
        return sweep;
    }

    /// <exception cref="ApiException">It was cancelled.</exception>
    public static void Require(Sweep sweep)
    {
        if (sweep.Status == SweepStatus.Cancelled)
        {
            throw ApiException.Conflict($"sweep {sweep.Id} is cancelled; only sweeps that are not cancelled can be extended");
        }
    }

    /// <exception cref="ApiException">Another version stored it, with content that this one does not support.</exception>
    public static SearchState ReadSearch(Sweep sweep)
    {
        try
        {
            return SearchState.FromJson(sweep.SearchState, SpecJson.Read(sweep.Spec));
        }
        catch (FormatException exception)
        {
            throw ApiException.Conflict($"sweep {sweep.Id} cannot be extended: {exception.Message}. Another version stored it; launch a new sweep");
        }
    }
}
