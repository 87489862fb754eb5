using Experiments.Contracts.Runs;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Writes lines in one transaction with a prepared statement. Lines that are already stored are left unchanged.</summary>
internal sealed class LogLineWriter : IAsyncDisposable
{
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _insert;

    /// <param name="connection">An open connection.</param>
    public LogLineWriter(SqliteConnection connection)
    {
        _transaction = connection.BeginTransaction(deferred: false);
        _insert = connection.CreateCommand();
        _insert.Transaction = _transaction;
        _insert.CommandText =
            """
            INSERT INTO LogLines (RunId, Attempt, Sequence, Time, Level, Message, Detail) VALUES ($run, $attempt, $sequence, $time, $level, $message, $detail)
            ON CONFLICT (RunId, Attempt, Sequence) DO NOTHING
            """;
        foreach (string name in (string[])["$run", "$attempt", "$sequence", "$time", "$level", "$message", "$detail"])
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    /// <returns>The number of new lines.</returns>
    public int Write(string runId, int attempt, IReadOnlyList<RunLogLine> lines)
    {
        int added = 0;
        foreach (RunLogLine line in lines)
        {
            object?[] values = [runId, attempt, line.Sequence, line.Time.UtcTicks, (int)line.Level, line.Message, line.Detail ?? (object)DBNull.Value];
            for (int place = 0; place < values.Length; place++)
            {
                _insert.Parameters[place].Value = values[place];
            }

            added += _insert.ExecuteNonQuery();
        }

        return added;
    }

    public void Commit() => _transaction.Commit();

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _transaction.DisposeAsync();
    }
}
