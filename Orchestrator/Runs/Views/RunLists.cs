using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Lists the runs of a sweep.</summary>
public sealed class RunLists(IDbContextFactory<StateContext> contexts)
{
    /// <summary>A page of the runs as the query asks: <c>status</c>, <c>filter</c>, <c>ids</c>, <c>sort</c>, <c>skip</c>, <c>take</c>.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<Page<RunView>> ListAsync(string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        PageRange range = PageRange.Read(query);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        int total = await selection.CountAsync(db, cancellationToken);
        List<Run> runs = await selection.PageAsync(db, range.Skip, range.Take, cancellationToken);
        return new Page<RunView>(total, await RunViews.ShowAsync(db, runs, cancellationToken));
    }

    /// <summary>How many of the runs that the query asks for (<c>status</c>, <c>filter</c>, <c>ids</c>) stand where.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<RunCounts> CountAsync(string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken, isSorted: false);
        query.ThrowIfInvalid();
        IReadOnlyDictionary<RunStatus, int> counts = await selection.CountByStatusAsync(db, cancellationToken);
        return new RunCounts(
            counts.GetValueOrDefault(RunStatus.Pending), counts.GetValueOrDefault(RunStatus.Queued), counts.GetValueOrDefault(RunStatus.Running),
            counts.GetValueOrDefault(RunStatus.Completed), counts.GetValueOrDefault(RunStatus.Failed), counts.GetValueOrDefault(RunStatus.Cancelled));
    }

    /// <summary>All runs as the query asks (<c>status</c>, <c>filter</c>, <c>ids</c>, <c>sort</c>, and <c>skip</c> and <c>take</c> if given), and the sweep's name.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<(string SweepName, IReadOnlyList<RunView> Runs)> AllAsync(
        string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        int skip = query.Integer("skip", 0, int.MaxValue) ?? 0;
        int take = query.Integer("take", 0, int.MaxValue) ?? int.MaxValue;
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        List<Run> runs = await selection.PageAsync(db, skip, take, cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleAsync(s => s.Id == sweepId, cancellationToken);
        return (sweep.Name, await RunViews.ShowAsync(db, runs, cancellationToken));
    }

    /// <summary>Where a run stands in the list of its sweep's runs that the query asks for: <c>status</c>, <c>filter</c>, <c>sort</c>.</summary>
    /// <exception cref="ApiException">There is no such run, or the query is not valid.</exception>
    public async Task<RunNeighbors> NeighborsAsync(string runId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string sweepId = await db.Runs.Where(run => run.Id == runId).Select(run => run.SweepId).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiException.NotFound("run", runId);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        RunPlace? place = await selection.PlaceAsync(db, runId, cancellationToken);
        string[] ids = [.. new[] { place?.Previous, place?.Next }.OfType<string>()];
        Dictionary<string, RunLink> links = await db.Runs.Where(run => ids.Contains(run.Id))
            .Select(run => new RunLink(run.Id, run.Cell, run.Name))
            .ToDictionaryAsync(link => link.Id, cancellationToken);
        return new RunNeighbors(
            place?.Place,
            place?.Total ?? await selection.CountAsync(db, cancellationToken),
            place?.Previous is { } previous ? links.GetValueOrDefault(previous) : null,
            place?.Next is { } next ? links.GetValueOrDefault(next) : null);
    }

    /// <summary>What the runs can be told apart by.</summary>
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<RunNames> NamesAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await RunQueryReader.RequireSweepAsync(db, sweepId, cancellationToken);
        List<string> metrics = await RunQueryReader.MeasuredAsync(db, sweepId, cancellationToken);
        List<string> tags = await db.Database
            .SqlQuery<string>($"SELECT DISTINCT tag.value AS Value FROM Runs, json_each(Runs.Tags) AS tag WHERE Runs.SweepId = {sweepId}")
            .ToListAsync(cancellationToken);
        List<string> workers = await db.Runs
            .Where(run => run.SweepId == sweepId && run.WorkerId != null).Select(run => run.WorkerId!).Distinct()
            .ToListAsync(cancellationToken);
        return new RunNames([.. metrics.Order(StringComparer.Ordinal)], [.. tags.Order(StringComparer.OrdinalIgnoreCase)]) { Workers = [.. workers.Order(StringComparer.Ordinal)] };
    }
}
