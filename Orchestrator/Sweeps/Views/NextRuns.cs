using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Reads what a search wants to train next.</summary>
internal static class NextRuns
{
    private const int MostPromotions = 20;

    public static async Task<SearchNext> ReadAsync(StateContext db, string sweepId, IStoppingRule? rule, CancellationToken cancellationToken)
    {
        IQueryable<Run> runs = db.Runs.AsNoTracking().Where(run => run.SweepId == sweepId);
        IQueryable<Run> continuing = runs.Where(run => run.Status == RunStatus.Queued && run.Epoch > 0);
        List<Run> first = await continuing.OrderByDescending(run => run.Epoch).ThenBy(run => run.Cell).Take(MostPromotions).ToListAsync(cancellationToken);
        return new SearchNext(
            await runs.CountAsync(run => run.Status == RunStatus.Running, cancellationToken),
            await runs.CountAsync(run => run.Status == RunStatus.Pending || (run.Status == RunStatus.Queued && run.Epoch == 0), cancellationToken),
            await continuing.CountAsync(cancellationToken),
            [.. first.Select(run => new SearchPromotion(run.Id, run.Cell, run.Epoch, Math.Min(HoldOf(rule, run) ?? run.Epochs, run.Epochs)))]);
    }

    private static int? HoldOf(IStoppingRule? rule, Run run) => StoredProgress.Find(run) is { } progress ? rule?.NextHold(progress, run.Epoch) : null;
}
