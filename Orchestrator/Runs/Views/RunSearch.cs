using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Searches runs of all sweeps for words.</summary>
public sealed class RunSearch(IDbContextFactory<StateContext> contexts)
{
    private const int MostWords = 20;

    private const string Searched = "LOWER(Sweeps.Name || char(10) || '#' || Runs.Cell || char(10) || COALESCE(Runs.Name, '') || char(10) || "
        + "COALESCE(json_extract(Runs.Config, '$.model'), '') || char(10) || Runs.Notes || char(10) || Runs.Id)";

    /// <summary>The runs that contain all words, newest first.</summary>
    /// <exception cref="ApiException">The query is not valid.</exception>
    internal async Task<IReadOnlyList<FoundRun>> FindAsync(RunSearchParameters query, CancellationToken cancellationToken)
    {
        string[] words = [.. (query.Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
        query.ThrowIfInvalid();
        var values = new SqlValues();
        string where = string.Join(" AND ", words.Select(word => Condition(values.Add(Nfc.Of(word)))).Prepend("1"));
        string sql = "SELECT Runs.Id, SweepId, Sweeps.Name AS SweepName, Cell, Runs.Name, json_extract(Runs.Config, '$.model') AS Model, Runs.Status AS StatusNumber "
            + $"FROM Runs JOIN Sweeps ON Sweeps.Id = SweepId WHERE {where} ORDER BY Runs.CreatedAt DESC, SweepId, Cell LIMIT {values.Add(query.Take)}";
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Row> rows = await db.Database.SqlQueryRaw<Row>(sql, values.All).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new FoundRun(row.Id, row.SweepId, row.SweepName, row.Cell, row.Name, row.Model ?? "", (Contracts.Runs.RunStatus)row.StatusNumber))];
    }

    private static string Condition(string word) =>
        $"(INSTR({Searched}, LOWER({word})) > 0 OR EXISTS (SELECT 1 FROM json_each(Runs.Tags) AS tag WHERE INSTR(LOWER(tag.value), LOWER({word})) > 0))";

    private sealed record Row(string Id, string SweepId, string SweepName, int Cell, string? Name, string? Model, int StatusNumber);
}
