using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Shows sweeps with what their runs add up to.</summary>
public sealed class SweepViews(IDbContextFactory<StateContext> contexts, SweepWaits waits, TimeProvider time)
{
    /// <summary>The sweep of that id, or null.</summary>
    public async Task<SweepView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        Sweep? sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return sweep is null ? null : (await ShowAsync(db, [sweep], cancellationToken))[0];
    }

    /// <summary>In that order.</summary>
    internal async Task<Page<SweepView>> ListAsync(SweepSelection selection, SweepSort sort, int skip, int take, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        IQueryable<Sweep> matching = selection.In(db);
        int total = await matching.CountAsync(cancellationToken);
        List<Sweep> page = await sort.Apply(db, matching)
            .Skip(skip).Take(take)
            .ToListAsync(cancellationToken);
        return new Page<SweepView>(total, await ShowAsync(db, page, cancellationToken));
    }

    private async Task<IReadOnlyList<SweepView>> ShowAsync(StateContext db, List<Sweep> sweeps, CancellationToken cancellationToken)
    {
        string[] ids = [.. sweeps.Select(sweep => sweep.Id)];
        ILookup<string, StatusTally> tallies = (await db.Runs
            .Where(run => ids.Contains(run.SweepId))
            .GroupBy(run => new { run.SweepId, run.Status })
            .Select(group => new StatusTally(
                group.Key.SweepId, group.Key.Status, group.Count(), group.Count(run => run.TrainedTicks > 0), group.Sum(run => run.TrainedTicks)))
            .ToListAsync(cancellationToken))
            .ToLookup(tally => tally.SweepId);
        Dictionary<string, int> waiting = await db.Runs
            .Where(run => run.WaitsFor != null && ids.Contains(run.SweepId))
            .GroupBy(run => run.SweepId)
            .Select(group => new { group.Key, Runs = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Runs, cancellationToken);
        ILookup<string, RunningPace> running = (await RunningAsync(db, ids, cancellationToken)).ToLookup(run => run.SweepId);
        var views = new List<SweepView>(sweeps.Count);
        foreach (Sweep sweep in sweeps)
        {
            SweepTally tally = new(tallies[sweep.Id], [.. running[sweep.Id]], waiting.GetValueOrDefault(sweep.Id));
            views.Add(Show(sweep, tally, await BestAsync(db, sweep, cancellationToken)));
        }

        return views;
    }

    private static async Task<IEnumerable<RunningPace>> RunningAsync(StateContext db, string[] ids, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => ids.Contains(run.SweepId) && run.Status == RunStatus.Running)
            .Select(run => new { run.SweepId, run.Epoch, run.Epochs, run.Summary })
            .ToListAsync(cancellationToken);
        return runs.Select(run => new RunningPace(
            run.SweepId, run.Epoch, run.Epochs, RunSummary.Read(run.Summary).GetValueOrDefault(MetricNames.EpochSeconds)?.Last));
    }

    private SweepView Show(Sweep sweep, SweepTally tally, (string Id, double Value)? best) => new()
    {
        Id = sweep.Id,
        Name = sweep.Name,
        Status = sweep.Status,
        CreatedAt = sweep.CreatedAt,
        FinishedAt = sweep.FinishedAt,
        Spec = SpecJson.ToElement(sweep.Spec, sweep.Name),
        RunCounts = tally.Counts,
        WaitingForOthers = tally.WaitingForOthers,
        Waits = waits.Explain(sweep.Status, tally.Counts, tally.WaitingForOthers),
        BestRunId = best?.Id,
        BestValue = best?.Value,
        Tags = sweep.Tags,
        Notes = sweep.Notes,
        ArchivedAt = sweep.ArchivedAt,
        Eta = sweep.Status == SweepStatus.Running && tally.TimeLeft is { } left ? time.GetUtcNow() + left : null,
    };

    private static async Task<(string Id, double Value)?> BestAsync(StateContext db, Sweep sweep, CancellationToken cancellationToken)
    {
        var runs = db.Runs
            .Where(run => run.SweepId == sweep.Id && run.BestObjective != null)
            .Select(run => new { run.Id, run.Cell, Value = run.BestObjective!.Value });
        var best = await (sweep.ObjectiveGoal == Goal.Maximize
            ? runs.OrderByDescending(run => run.Value).ThenBy(run => run.Cell)
            : runs.OrderBy(run => run.Value).ThenBy(run => run.Cell)).FirstOrDefaultAsync(cancellationToken);
        return best is null ? null : (best.Id, best.Value);
    }
}
