using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs;

/// <summary>Lists the runs of a sweep.</summary>
public sealed class RunLists(IDbContextFactory<StateContext> contexts)
{
    /// <summary>A page of the runs as the query asks: <c>status</c>, <c>sort</c>, <c>skip</c>, <c>take</c>.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<Page<RunView>> ListAsync(string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        RunStatus? status = query.Choice<RunStatus>("status");
        PageRange range = PageRange.Read(query);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunSort sort = await SortAsync(db, sweepId, query, cancellationToken);
        int total = await db.Runs.CountAsync(run => run.SweepId == sweepId && (status == null || run.Status == status), cancellationToken);
        List<Run> runs = await sort.PageAsync(db, sweepId, status, range.Skip, range.Take, cancellationToken);
        return new Page<RunView>(total, [.. runs.Select(RunViews.Show)]);
    }

    /// <summary>All runs as the query asks (<c>status</c>, <c>sort</c>, and <c>skip</c> and <c>take</c> if given), and the sweep's name.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<(string SweepName, IReadOnlyList<RunView> Runs)> AllAsync(
        string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        RunStatus? status = query.Choice<RunStatus>("status");
        int skip = query.Integer("skip", 0, int.MaxValue) ?? 0;
        int take = query.Integer("take", 0, int.MaxValue) ?? int.MaxValue;
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunSort sort = await SortAsync(db, sweepId, query, cancellationToken);
        List<Run> runs = await sort.PageAsync(db, sweepId, status, skip, take, cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleAsync(s => s.Id == sweepId, cancellationToken);
        return (sweep.Name, [.. runs.Select(RunViews.Show)]);
    }

    private static async Task<RunSort> SortAsync(StateContext db, string sweepId, Query query, CancellationToken cancellationToken)
    {
        if (!await db.Sweeps.AnyAsync(sweep => sweep.Id == sweepId, cancellationToken))
        {
            throw ApiException.NotFound("sweep", sweepId);
        }

        RunSort? sort = RunSort.Default;
        if (query.Text("sort") is { } text)
        {
            sort = RunSort.Parse(text, [], out string problem)
                ?? RunSort.Parse(text, await MeasuredAsync(db, sweepId, cancellationToken), out problem);
            if (sort is null)
            {
                query.Refuse("sort", problem);
            }
        }

        query.ThrowIfInvalid();
        return sort!;
    }

    /// <summary>The names of all metrics that runs of the sweep have a summary of.</summary>
    private static Task<List<string>> MeasuredAsync(StateContext db, string sweepId, CancellationToken cancellationToken) => db.Database
        .SqlQuery<string>($"SELECT DISTINCT metric.key AS Value FROM Runs, json_each(Runs.Summary) AS metric WHERE Runs.SweepId = {sweepId}")
        .ToListAsync(cancellationToken);
}
