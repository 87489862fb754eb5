using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Microsoft.Data.Sqlite;

namespace Experiments.TestSystem.Chaos;

/// <summary>Reads the Orchestrator's databases directly and read-only.</summary>
internal sealed class DatabaseReader(string storageRoot)
{
    private const string RunsOfSweep = "SELECT Id, Cell, Key, Status, Attempt, Epochs, Summary, SharedEpochs FROM Runs WHERE SweepId = $sweep ORDER BY Cell";
    private const string AttemptsOfRun = "SELECT Number, WorkerId, StartedAt, EndedAt, Outcome FROM Attempts WHERE RunId = $run AND Number > 0 ORDER BY Number";
    private const string PointsOfRun =
        "SELECT Name, Step, Value FROM Series JOIN Points ON SeriesId = Id WHERE RunId = $run ORDER BY Name, Step";

    /// <param name="sweep">Its name and number of cells, which are taken over.</param>
    public SweepRecord Read(string sweepId, SweepRecord sweep)
    {
        using SqliteConnection state = Open("experiments.db");
        using SqliteConnection metrics = Open("metrics.db");
        RunRecord[] runs = [.. Query(state, RunsOfSweep, "$sweep", sweepId, row => ReadRun(row, state, metrics))];
        return new SweepRecord(sweep.Source.Replace("API", "database", StringComparison.Ordinal), sweep.Cells, runs);
    }

    private static RunRecord ReadRun(SqliteDataReader row, SqliteConnection state, SqliteConnection metrics)
    {
        string id = row.GetString(0);
        return new RunRecord
        {
            Id = id,
            Cell = row.GetInt32(1),
            Key = row.GetString(2),
            Status = (RunStatus)row.GetInt32(3),
            Attempt = row.GetInt32(4),
            Epochs = row.GetInt32(5),
            Summary = JsonSerializer.Deserialize<Dictionary<string, MetricSummary>>(row.GetString(6), ContractJson.Options)!,
            SharedEpochs = row.GetInt32(7),
            Attempts = [.. Query(state, AttemptsOfRun, "$run", id, ReadAttempt)],
            Metrics = Query(metrics, PointsOfRun, "$run", id, point => (Name: point.GetString(0), Point: new RecordedPoint(point.GetInt64(1), point.GetDouble(2))))
                .GroupBy(point => point.Name, point => point.Point)
                .ToDictionary(metric => metric.Key, metric => (IReadOnlyList<RecordedPoint>)[.. metric]),
        };
    }

    private static AttemptRecord ReadAttempt(SqliteDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
        row.IsDBNull(3) ? null : new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        row.IsDBNull(4) ? null : (AttemptOutcome)row.GetInt32(4));

    private static IEnumerable<T> Query<T>(SqliteConnection connection, string sql, string parameter, string value, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue(parameter, value);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(storageRoot, file),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
