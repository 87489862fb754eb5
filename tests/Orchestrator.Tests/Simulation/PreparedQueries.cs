using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Queries of one connection that are repeated thousands of times: SQLite prepares each only once. Not for use in a transaction.</summary>
internal sealed class PreparedQueries(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using SqliteDataReader reader = Command(sql).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Command(string sql)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }
}
