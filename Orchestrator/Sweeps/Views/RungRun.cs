using Experiments.Contracts.Api;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>A run that had an attempt in a sweep with a stopping rule.</summary>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Progress">What the rule knows about it.</param>
internal sealed record RungRun(string Id, int Cell, int Epoch, RunProgress Progress)
{
    public static async Task<IReadOnlyList<RungRun>> ReadAsync(StateContext db, string sweepId, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => run.SweepId == sweepId && run.Progress != null)
            .OrderBy(run => run.Cell)
            .Select(run => new { run.Id, run.Cell, run.Epoch, run.Status, run.Held, run.Progress, run.PromotedTo })
            .ToListAsync(cancellationToken);
        return [.. runs.Select(run => new RungRun(run.Id, run.Cell, run.Epoch, StoredProgress.Read(run.Progress!, run.Status, run.Held, run.PromotedTo)))];
    }

    /// <summary>Whether it continued at a rung that it reached.</summary>
    public RungFate FateAt(IStoppingRule rule, int rung) => Progress.Phase switch
    {
        _ when Epoch > rung || HasReachedOneAfter(rule, rung) => RungFate.Continued,
        RunPhase.Paused => RungFate.Paused,
        RunPhase.Stopped => RungFate.Stopped,
        RunPhase.Failed => RungFate.Ended,
        _ => RungFate.Continued,
    };

    private bool HasReachedOneAfter(IStoppingRule rule, int rung) => Progress.Epoch > rung && rule.ValueAt(Progress, rung) is not null;
}
