using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Shows sweeps with the totals of their runs.</summary>
public sealed class SweepViews(IDbContextFactory<StateContext> contexts, SweepWaits waits, TimeProvider time)
{
    /// <summary>The sweep with that id, or null.</summary>
    public async Task<SweepView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        Sweep? sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return sweep is null ? null : (await ShowAsync(db, [sweep], cancellationToken))[0];
    }

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
        IReadOnlyDictionary<string, AwaitedRuns> awaited = await AwaitedRuns.FindAsync(db, ids, cancellationToken);
        ILookup<string, RunningPace> running = (await RunningAsync(db, ids, cancellationToken)).ToLookup(run => run.SweepId);
        var views = new List<SweepView>(sweeps.Count);
        foreach (Sweep sweep in sweeps)
        {
            AwaitedRuns? others = awaited.GetValueOrDefault(sweep.Id);
            SweepTally tally = new(tallies[sweep.Id], [.. running[sweep.Id]], others?.Waiting ?? 0);
            BestRuns? best = await BestAsync(db, sweep, cancellationToken);
            RunFailure? failure = tally.Counts.Failed == 0 ? null : await FirstFailureAsync(db, sweep.Id, cancellationToken);
            views.Add(Show(sweep, tally, others, best) with
            {
                TrainedSeconds = (tally.Trained + tally.TrainingNow(time.GetUtcNow())).TotalSeconds,
                FirstFailure = failure,
            });
        }

        return views;
    }

    private static async Task<IEnumerable<RunningPace>> RunningAsync(StateContext db, string[] ids, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => ids.Contains(run.SweepId) && run.Status == RunStatus.Running)
            .Select(run => new
            {
                run.SweepId,
                run.Epoch,
                run.Epochs,
                run.Summary,
                Since = db.Attempts.Where(attempt => attempt.RunId == run.Id && attempt.EndedAt == null).Select(attempt => (DateTimeOffset?)attempt.StartedAt).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return runs.Select(run => new RunningPace(
            run.SweepId, run.Epoch, run.Epochs, RunSummary.Read(run.Summary).GetValueOrDefault(MetricNames.EpochSeconds)?.Last, run.Since));
    }

    private SweepView Show(Sweep sweep, SweepTally tally, AwaitedRuns? awaited, BestRuns? best) => new()
    {
        Id = sweep.Id,
        Name = sweep.Name,
        Status = sweep.Status,
        CreatedAt = sweep.CreatedAt,
        FinishedAt = sweep.FinishedAt,
        Spec = SpecJson.ToElement(sweep.Spec, sweep.Name),
        RunCounts = tally.Counts,
        ToCome = StoredSearch.Find(sweep) is { } search ? SearchMethods.CountToCome(search) : 0,
        WaitingForOthers = tally.WaitingForOthers,
        Waits = waits.Explain(sweep.Status, tally.Counts, awaited),
        BestRunId = best?.FirstId,
        BestValue = best?.Value,
        BestRuns = best?.Count ?? 0,
        Tags = sweep.Tags,
        Notes = sweep.Notes,
        ArchivedAt = sweep.ArchivedAt,
        Eta = sweep.Status == SweepStatus.Running && tally.TimeLeft is { } left ? time.GetUtcNow() + left : null,
    };

    private static async Task<RunFailure?> FirstFailureAsync(StateContext db, string sweepId, CancellationToken cancellationToken)
    {
        var failure = await db.Runs
            .Where(run => run.SweepId == sweepId && run.Status == RunStatus.Failed)
            .OrderBy(run => run.Cell)
            .Select(run => new { run.FailureKind, run.FailureMessage })
            .FirstOrDefaultAsync(cancellationToken);
        return failure is { FailureKind: { } kind } ? new RunFailure(kind, failure.FailureMessage ?? "") : null;
    }

    private static async Task<BestRuns?> BestAsync(StateContext db, Sweep sweep, CancellationToken cancellationToken)
    {
        var runs = db.Runs
            .Where(run => run.SweepId == sweep.Id && run.BestObjective != null)
            .Select(run => new { run.Id, run.Cell, Value = run.BestObjective!.Value });
        var best = await (sweep.ObjectiveGoal == Goal.Maximize
            ? runs.OrderByDescending(run => run.Value).ThenBy(run => run.Cell)
            : runs.OrderBy(run => run.Value).ThenBy(run => run.Cell)).FirstOrDefaultAsync(cancellationToken);
        return best is null ? null : new BestRuns(best.Id, best.Value, await runs.CountAsync(run => run.Value == best.Value, cancellationToken));
    }

    /// <summary>The best value of the objective, the first run that has it, and how many runs have one.</summary>
    private sealed record BestRuns(string FirstId, double Value, int Count);
}
