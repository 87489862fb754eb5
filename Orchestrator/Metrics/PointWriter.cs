using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.Metrics.Database;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Metrics;

/// <summary>
/// Writes points in one transaction with prepared statements; EF's change tracking would be a hundred times slower.
/// A point is known by its curve and step. Where there is one already, the newer attempt's value stays.
/// </summary>
internal sealed class PointWriter : IAsyncDisposable
{
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _findSeries;
    private readonly SqliteCommand _upsert;
    private readonly SqliteCommand _position;
    private readonly Dictionary<(string RunId, string Name), long> _series = [];

    public PointWriter(SqliteConnection connection)
    {
        _transaction = connection.BeginTransaction(deferred: false);
        _findSeries = Command(
            connection,
            "INSERT INTO Series (RunId, Name) VALUES ($run, $name) ON CONFLICT (RunId, Name) DO UPDATE SET Name = excluded.Name RETURNING Id",
            "$run", "$name");
        _upsert = Command(
            connection,
            """
            INSERT INTO Points (SeriesId, Step, Value, Time, Attempt) VALUES ($series, $step, $value, $time, $attempt)
            ON CONFLICT (SeriesId, Step) DO UPDATE SET Value = excluded.Value, Time = excluded.Time, Attempt = excluded.Attempt
            WHERE excluded.Attempt >= Points.Attempt
            """,
            "$series", "$step", "$value", "$time", "$attempt");
        _position = Command(
            connection,
            "INSERT INTO ArchivePositions (Id, Position) VALUES ($id, $position) ON CONFLICT (Id) DO UPDATE SET Position = excluded.Position",
            "$id", "$position");
    }

    /// <summary>Writes the points that count and are numbers.</summary>
    public void Write(MetricBatch batch, AttemptFences fences)
    {
        foreach (MetricPoint point in batch.Points)
        {
            if (!double.IsFinite(point.Value) || !fences.Accepts(batch.Attempt, point.Name, point.Step))
            {
                continue;
            }

            _upsert.Parameters[0].Value = SeriesOf(batch.RunId, point.Name);
            _upsert.Parameters[1].Value = point.Step;
            _upsert.Parameters[2].Value = point.Value;
            _upsert.Parameters[3].Value = point.Time.UtcTicks;
            _upsert.Parameters[4].Value = batch.Attempt;
            _upsert.ExecuteNonQuery();
        }
    }

    public void Commit(string? position)
    {
        if (position is not null)
        {
            _position.Parameters[0].Value = ArchivePosition.TheOnlyId;
            _position.Parameters[1].Value = position;
            _position.ExecuteNonQuery();
        }

        _transaction.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        await _findSeries.DisposeAsync();
        await _upsert.DisposeAsync();
        await _position.DisposeAsync();
        await _transaction.DisposeAsync();
    }

    private long SeriesOf(string runId, string name)
    {
        if (!_series.TryGetValue((runId, name), out long id))
        {
            _findSeries.Parameters[0].Value = runId;
            _findSeries.Parameters[1].Value = name;
            id = (long)_findSeries.ExecuteScalar()!;
            _series.Add((runId, name), id);
        }

        return id;
    }

    private SqliteCommand Command(SqliteConnection connection, string sql, params string[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
