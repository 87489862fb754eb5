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
    /// <summary>A page of the selected runs.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<Page<RunView>> ListAsync(string sweepId, RunListParameters query, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        int total = await selection.CountAsync(db, cancellationToken);
        List<Run> runs = await selection.PageAsync(db, query.Skip, query.Take, cancellationToken);
        return new Page<RunView>(total, await RunViews.ShowAsync(db, runs, cancellationToken));
    }

    /// <summary>The number of selected runs in each status.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<RunCounts> CountAsync(string sweepId, RunSelectionParameters query, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        IReadOnlyDictionary<RunStatus, int> counts = await selection.CountByStatusAsync(db, cancellationToken);
        return RunCounts.Of(status => counts.GetValueOrDefault(status));
    }

    /// <summary>All selected runs, and the sweep's name.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<(string SweepName, IReadOnlyList<RunView> Runs)> AllAsync(
        string sweepId, RunExportParameters query, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        List<Run> runs = await selection.PageAsync(db, query.Skip, query.Take ?? int.MaxValue, cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleAsync(s => s.Id == sweepId, cancellationToken);
        return (sweep.Name, await RunViews.ShowAsync(db, runs, cancellationToken));
    }

    /// <summary>The position of a run in the list of the selected runs of its sweep.</summary>
    /// <exception cref="ApiException">There is no such run, or the query is not valid.</exception>
    internal async Task<RunNeighbors> NeighborsAsync(string runId, SortedRunsParameters query, CancellationToken cancellationToken)
    {
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

    /// <summary>The names of the metrics and tags of the runs.</summary>
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
