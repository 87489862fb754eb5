using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Reads which runs of a sweep a request selects.</summary>
internal static class RunQueryReader
{
    public const int MostIds = 1_000;

    /// <summary>Reads filter, ids and, if there is one, order. Errors are collected for <see cref="QueryParameters.ThrowIfInvalid"/>.</summary>
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public static async Task<RunQuery> ReadAsync(
        StateContext db, string sweepId, RunSelectionParameters query, CancellationToken cancellationToken)
    {
        await RequireSweepAsync(db, sweepId, cancellationToken);
        RunSort? sort = RunSort.Default;
        if (query is SortedRunsParameters { Sort: { } order })
        {
            (sort, string problem) = await SortAsync(db, sweepId, order, cancellationToken);
            RefuseUnless(sort is not null, query, "sort", problem);
        }

        RunFilter? filter = null;
        if (query.Filter is { } condition)
        {
            (filter, string problem) = await FilterAsync(db, sweepId, condition, cancellationToken);
            RefuseUnless(filter is not null, query, "filter", problem);
        }

        return new RunQuery(sweepId, query.Status, filter, sort ?? RunSort.Default, Ids(query));
    }

    /// <exception cref="ApiException">There is no such sweep, or the filter cannot be read.</exception>
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

    /// <summary>The column with that name, including metrics that only these runs have; null with the problem.</summary>
    public static async Task<(RunColumn? Column, string Problem)> ColumnAsync(
        StateContext db, string sweepId, string name, CancellationToken cancellationToken)
    {
        RunColumn? column = RunColumn.Find(name, [], out string problem)
            ?? RunColumn.Find(name, await MeasuredAsync(db, sweepId, cancellationToken), out problem);
        return (column, problem);
    }

    /// <summary>The names of all metrics in the summaries of the sweep's runs.</summary>
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

    // Names of custom metrics have to be collected from all runs, so this is done only for unknown names.
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

    private static IReadOnlyList<string>? Ids(RunSelectionParameters query)
    {
        if (query.Ids is not { Last: { } given, Values: var ids })
        {
            return null;
        }

        if (ids.Count is 0 or > MostIds || ids.Any(id => !EntityId.IsWellFormed(id)))
        {
            query.Refuse("ids", $"not allowed: \"{Quote.Shorten(given)}\"; allowed: 1 to {MostIds} ids of runs, separated by commas");
        }

        return ids;
    }

    private static void RefuseUnless(bool isRead, QueryParameters query, string name, string problem)
    {
        if (!isRead)
        {
            query.Refuse(name, problem);
        }
    }
}
