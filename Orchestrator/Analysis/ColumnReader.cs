using System.Data.Common;
using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Reads columns of the runs of a sweep, and nothing else of them: no entity, no whole configuration.</summary>
internal static class ColumnReader
{
    private const int FirstColumn = 3;

    public static async Task<RunColumns> ReadAsync(
        StateContext db, RunQuery selection, IReadOnlyList<NamedColumn> columns, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var cells = new List<int>();
        var statuses = new List<RunStatus>();
        List<ColumnValue>[] values = [.. columns.Select(_ => new List<ColumnValue>())];
        await using DbCommand command = await CommandAsync(db, selection, columns, cancellationToken);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
            cells.Add(reader.GetInt32(1));
            statuses.Add((RunStatus)reader.GetInt32(2));
            for (int i = 0; i < columns.Count; i++)
            {
                values[i].Add(columns[i].Show(reader.GetValue(FirstColumn + i)));
            }
        }

        return new RunColumns
        {
            Ids = ids,
            Cells = cells,
            Statuses = statuses,
            Columns = columns.Zip(values).ToDictionary(pair => pair.First.Name, IReadOnlyList<ColumnValue> (pair) => pair.Second),
        };
    }

    private static async Task<DbCommand> CommandAsync(
        StateContext db, RunQuery selection, IReadOnlyList<NamedColumn> columns, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string wanted = string.Concat(columns.Select(column => $", {values.Place(column.Column)}"));
        string sql = $"SELECT Id, Cell, Status{wanted} FROM Runs WHERE {selection.Where(values)} ORDER BY Cell";
        await db.Database.OpenConnectionAsync(cancellationToken);
        DbCommand command = db.Database.GetDbConnection().CreateCommand();
        string[] names = [.. values.All.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}"))];
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, names);
        foreach ((string name, object value) in names.Zip(values.All))
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
