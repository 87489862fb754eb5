using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Reads which runs of a sweep somebody asks for.</summary>
internal static class RunQueryReader
{
    public const int MostIds = 1_000;

    /// <summary>From a query: <c>status</c>, <c>filter</c>, <c>ids</c> and <c>sort</c>. What is wrong is left to <see cref="Query.ThrowIfInvalid"/>.</summary>
    /// <param name="isSorted">False where <c>sort</c> is about something else than runs.</param>
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public static async Task<RunQuery> ReadAsync(
        StateContext db, string sweepId, Query query, CancellationToken cancellationToken, bool isSorted = true)
    {
        await RequireSweepAsync(db, sweepId, cancellationToken);
        RunStatus? status = query.Choice<RunStatus>("status");
        RunSort? sort = RunSort.Default;
        if (isSorted && query.Text("sort") is { } order)
        {
            (sort, string problem) = await SortAsync(db, sweepId, order, cancellationToken);
            RefuseUnless(sort is not null, query, "sort", problem);
        }

        RunFilter? filter = null;
        if (query.Text("filter") is { } condition)
        {
            (filter, string problem) = await FilterAsync(db, sweepId, condition, cancellationToken);
            RefuseUnless(filter is not null, query, "filter", problem);
        }

        return new RunQuery(sweepId, status, filter, sort ?? RunSort.Default, Ids(query));
    }

    /// <exception cref="ApiException">There is no such sweep, or the condition cannot be read.</exception>
    public static async Task<RunQuery> ReadAsync(StateContext db, BulkRequest request, CancellationToken cancellationToken)
    {
        string sweepId = request.SweepId!;
        await RequireSweepAsync(db, sweepId, cancellationToken);
        RunFilter? filter = null;
        if (request.Filter is { } condition)
        {
            (filter, string problem) = await FilterAsync(db, sweepId, condition, cancellationToken);
            if (filter is null)
            {
                throw ApiException.BadRequest("filter", problem);
            }
        }

        return new RunQuery(sweepId, request.Status, filter, RunSort.Default, null);
    }

    /// <summary>The column of that name, of a metric that the runs have too; null with what is wrong.</summary>
    public static async Task<(RunColumn? Column, string Problem)> ColumnAsync(
        StateContext db, string sweepId, string name, CancellationToken cancellationToken)
    {
        RunColumn? column = RunColumn.Find(name, [], out string problem)
            ?? RunColumn.Find(name, await MeasuredAsync(db, sweepId, cancellationToken), out problem);
        return (column, problem);
    }

    /// <summary>The names of all metrics that runs of the sweep have a summary of.</summary>
    public static Task<List<string>> MeasuredAsync(StateContext db, string sweepId, CancellationToken cancellationToken) => db.Database
        .SqlQuery<string>($"SELECT DISTINCT metric.key AS Value FROM Runs, json_each(Runs.Summary) AS metric WHERE Runs.SweepId = {sweepId}")
        .ToListAsync(cancellationToken);

    /// <exception cref="ApiException">There is no such sweep.</exception>
    public static async Task RequireSweepAsync(StateContext db, string sweepId, CancellationToken cancellationToken)
    {
        if (!await db.Sweeps.AnyAsync(sweep => sweep.Id == sweepId, cancellationToken))
        {
            throw ApiException.NotFound("sweep", sweepId);
        }
    }

    // The names of custom metrics have to be gathered from all runs: only when there is no other such name.
    private static async Task<(RunSort? Sort, string Problem)> SortAsync(
        StateContext db, string sweepId, string text, CancellationToken cancellationToken)
    {
        RunSort? sort = RunSort.Parse(text, [], out string problem)
            ?? RunSort.Parse(text, await MeasuredAsync(db, sweepId, cancellationToken), out problem);
        return (sort, problem);
    }

    private static async Task<(RunFilter? Filter, string Problem)> FilterAsync(
        StateContext db, string sweepId, string text, CancellationToken cancellationToken)
    {
        RunFilter? filter = RunFilter.Parse(text, [], out string problem)
            ?? RunFilter.Parse(text, await MeasuredAsync(db, sweepId, cancellationToken), out problem);
        return (filter, problem);
    }

    private static IReadOnlyList<string>? Ids(Query query)
    {
        if (query.Text("ids") is null)
        {
            return null;
        }

        IReadOnlyList<string> ids = query.Texts("ids");
        if (ids.Count is 0 or > MostIds || ids.Any(id => !EntityId.IsWellFormed(id)))
        {
            query.Refuse("ids", $"not allowed: \"{Query.Shorten(query.Text("ids")!)}\"; allowed: 1 to {MostIds} ids of runs, separated by commas");
        }

        return ids;
    }

    private static void RefuseUnless(bool isRead, Query query, string name, string problem)
    {
        if (!isRead)
        {
            query.Refuse(name, problem);
        }
    }
}
