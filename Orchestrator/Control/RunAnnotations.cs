using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Control;

/// <summary>What people write about a run. It changes nothing about its life.</summary>
public sealed class RunAnnotations(StateWriter writer)
{
    /// <exception cref="ApiException">There is no such run.</exception>
    public Task ChangeAsync(string id, RunChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Run run = await unit.Db.Runs.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("run", id);
            run.Name = change.Name is { } name ? (name.Length == 0 ? null : name) : run.Name;
            run.Tags = change.Tags is { } tags ? [.. tags] : run.Tags;
            run.Notes = change.Notes ?? run.Notes;
            unit.RunChanged(run.Id, run.SweepId);
        },
        cancellationToken);
}
