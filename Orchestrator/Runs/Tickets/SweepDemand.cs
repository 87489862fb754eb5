using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>How many runs of a running sweep wait for a worker.</summary>
/// <param name="Pending">Without those that wait for an equal run.</param>
/// <param name="Free">How many more may be trained: further tickets would be refused and resent endlessly.</param>
internal sealed record SweepDemand(Sweep Sweep, int Pending, int Queued, int Free)
{
    /// <summary>How many can be claimed now, once they are Queued.</summary>
    public int Claimable => Math.Min(Pending + Queued, Free);

    /// <summary>The demand of all running sweeps, highest priority first.</summary>
    public static async Task<List<SweepDemand>> ReadAsync(StateContext db, CancellationToken cancellationToken)
    {
        var sweeps = await db.Sweeps
            .Where(sweep => sweep.Status == SweepStatus.Running)
            .OrderByDescending(sweep => sweep.Priority).ThenBy(sweep => sweep.CreatedAt).ThenBy(sweep => sweep.Id)
            .Select(sweep => new
            {
                Sweep = sweep,
                Pending = db.Runs.Count(run => run.SweepId == sweep.Id && run.Status == RunStatus.Pending && run.WaitsFor == null),
                Queued = db.Runs.Count(run => run.SweepId == sweep.Id && run.Status == RunStatus.Queued),
                Running = db.Runs.Count(run => run.SweepId == sweep.Id && run.Status == RunStatus.Running),
            })
            .ToListAsync(cancellationToken);
        return sweeps.ConvertAll(s => new SweepDemand(
            s.Sweep, s.Pending, s.Queued, s.Sweep.MaxConcurrency is { } most ? Math.Max(0, most - s.Running) : int.MaxValue));
    }

    /// <summary>The runs that become Queued now, up to a limit.</summary>
    public Task<List<Run>> PendingAsync(StateWrite unit, int most)
    {
        int count = Math.Min(most, Math.Min(Pending, Free - Queued));
        if (count > 0)
        {
            unit.SweepChanged(Sweep.Id);
        }

        return TakeAsync(unit, RunStatus.Pending, count);
    }

    /// <summary>Runs that are already Queued, up to a limit.</summary>
    public Task<List<Run>> QueuedAsync(StateWrite unit, int most) => TakeAsync(unit, RunStatus.Queued, Math.Min(most, Math.Min(Queued, Free)));

    private async Task<List<Run>> TakeAsync(StateWrite unit, RunStatus status, int count) =>
        count <= 0
            ? []
            : await unit.Db.Runs
                .Where(run => run.SweepId == Sweep.Id && run.Status == status && run.WaitsFor == null)
                .OrderBy(run => run.Cell)
                .Take(count)
                .ToListAsync(unit.CancellationToken);
}
