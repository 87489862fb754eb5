using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Control;

/// <summary>What people write about a sweep, and whether it is put away. Runs of an archived sweep go on as before.</summary>
public sealed class SweepAnnotations(StateWriter writer, TimeProvider time)
{
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public Task ChangeAsync(string id, SweepChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Sweep sweep = await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
            sweep.Name = change.Name ?? sweep.Name;
            sweep.Tags = change.Tags is { } tags ? [.. tags] : sweep.Tags;
            sweep.Notes = change.Notes ?? sweep.Notes;
            sweep.ArchivedAt = change.Archived switch
            {
                null => sweep.ArchivedAt,
                true => sweep.ArchivedAt ?? time.GetUtcNow(),
                false => null,
            };
            unit.SweepChanged(id);
        },
        cancellationToken);
}
