using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Filters;

/// <summary>Which runs of a sweep a request selects, and in what order.</summary>
/// <param name="Ids">Only these; null for all.</param>
internal sealed record RunQuery(string SweepId, RunStatus? Status, RunFilter? Filter, RunSort Sort, IReadOnlyList<string>? Ids)
{
    public Task<int> CountAsync(StateContext db, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string sql = $"SELECT * FROM Runs WHERE {Where(values)}";
        return db.Runs.FromSqlRaw(sql, values.All).CountAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<RunStatus, int>> CountByStatusAsync(StateContext db, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string sql = $"SELECT * FROM Runs WHERE {Where(values)}";
        return await db.Runs.FromSqlRaw(sql, values.All)
            .GroupBy(run => run.Status)
            .Select(group => new { group.Key, Runs = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Runs, cancellationToken);
    }

    public Task<List<Run>> PageAsync(StateContext db, int skip, int take, CancellationToken cancellationToken)
    {
        var values = new SqlValues();

        // Only ids and sort values go through the sorter: with whole rows, 10,000 runs took a second.
        string page = $"SELECT Id AS PageId, ({Sort.ValueSql(values)}) AS SortValue FROM Runs WHERE {Where(values)} "
            + $"ORDER BY {Sort.OrderSql} LIMIT {values.Add(take)} OFFSET {values.Add(skip)}";
        string sql = $"SELECT Runs.* FROM ({page}) JOIN Runs ON Runs.Id = PageId ORDER BY {Sort.OrderSql}";
        return db.Runs.FromSqlRaw(sql, values.All).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>The position of a run in the list; null when the list does not contain it.</summary>
    public async Task<RunPlace?> PlaceAsync(StateContext db, string runId, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string sorted = $"SELECT Id, Cell, ({Sort.ValueSql(values)}) AS SortValue FROM Runs WHERE {Where(values)}";
        string placed = "SELECT Id, LAG(Id) OVER inOrder AS Previous, LEAD(Id) OVER inOrder AS Next, ROW_NUMBER() OVER inOrder AS Place, COUNT(*) OVER () AS Total "
            + $"FROM ({sorted}) WINDOW inOrder AS (ORDER BY {Sort.OrderSql})";
        string sql = $"SELECT Previous, Next, Place, Total FROM ({placed}) WHERE Id = {values.Add(runId)}";
        return (await db.Database.SqlQueryRaw<RunPlace>(sql, values.All).ToListAsync(cancellationToken)).SingleOrDefault();
    }

    /// <summary>The ids of the first runs in the order of their cells, up to a limit.</summary>
    public Task<List<string>> IdsAsync(StateContext db, int most, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string sql = $"SELECT Id AS Value FROM Runs WHERE {Where(values)} ORDER BY Cell LIMIT {values.Add(most)}";
        return db.Database.SqlQueryRaw<string>(sql, values.All).ToListAsync(cancellationToken);
    }

    /// <summary>The condition in SQL, with its parameters added to <paramref name="values"/>.</summary>
    public string Where(SqlValues values)
    {
        string sql = $"SweepId = {values.Add(SweepId)}";
        if (Status is { } status)
        {
            sql += $" AND Status = {values.Add((int)status)}";
        }

        if (Ids is { } ids)
        {
            sql += $" AND Id IN ({string.Join(", ", ids.Select(values.Add))})";
        }

        return Filter is null ? sql : $"{sql} AND {Filter.ToSql(values)}";
    }
}

/// <summary>The position of a run in a list.</summary>
/// <param name="Previous">The id of the run before it; null for the first.</param>
/// <param name="Next">The id of the run after it; null for the last.</param>
/// <param name="Place">From 1.</param>
internal sealed record RunPlace(string? Previous, string? Next, int Place, int Total);
