using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Metrics;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Metrics;

/// <summary>
/// Reads stored curves with prepared statements and downsamples them while reading; with EF, a comparison of millions of points took many times as long.
/// For one thread, on its own connection.
/// </summary>
internal sealed class SeriesReader : IDisposable
{
    private readonly SqliteTransaction _snapshot;
    private readonly SqliteCommand _count;
    private readonly SqliteCommand _points;

    /// <param name="connection">An open connection.</param>
    public SeriesReader(SqliteConnection connection)
    {
        // The count and the points have to come from the same snapshot.
        _snapshot = connection.BeginTransaction(deferred: true);
        _count = Command(connection, "SELECT COUNT(*) FROM Points WHERE SeriesId = $series");
        _points = Command(connection, "SELECT Value, Step, Time, Attempt FROM Points WHERE SeriesId = $series ORDER BY Step");
    }

    /// <summary>A curve in the order of its steps.</summary>
    /// <param name="maxPoints">Longer curves are downsampled; null for all points.</param>
    public IReadOnlyList<SeriesPoint> Read(long series, int? maxPoints, CancellationToken cancellationToken)
    {
        _points.Parameters[0].Value = series;
        if (maxPoints is not { } most)
        {
            return ReadAll(cancellationToken);
        }

        _count.Parameters[0].Value = series;
        int count = (int)(long)_count.ExecuteScalar()!;
        return count <= most ? ReadAll(cancellationToken)
            : most < CurveThinning.FewestStreamed ? CurveThinning.Reduce(ReadAll(cancellationToken), most)
            : ReadThinned(count, most, cancellationToken);
    }

    public void Dispose()
    {
        _points.Dispose();
        _count.Dispose();
        _snapshot.Dispose();
    }

    private List<SeriesPoint> ReadAll(CancellationToken cancellationToken)
    {
        var points = new List<SeriesPoint>();
        using SqliteDataReader reader = _points.ExecuteReader();
        while (reader.Read())
        {
            points.Add(Point(reader, reader.GetDouble(0)));
            ThrowIfCancelledPeriodically(points.Count, cancellationToken);
        }

        return points;
    }

    private IReadOnlyList<SeriesPoint> ReadThinned(int count, int most, CancellationToken cancellationToken)
    {
        var thinning = new CurveThinning(count, most);
        using SqliteDataReader reader = _points.ExecuteReader();
        for (int read = 0; reader.Read(); read++)
        {
            double value = reader.GetDouble(0);
            if (thinning.Wants(value))
            {
                thinning.Take(Point(reader, value));
            }
            else
            {
                thinning.Skip();
            }

            ThrowIfCancelledPeriodically(read, cancellationToken);
        }

        return thinning.Result();
    }

    private static SeriesPoint Point(SqliteDataReader reader, double value) =>
        new(reader.GetInt64(1), value, new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero), reader.GetInt32(3));

    private static void ThrowIfCancelledPeriodically(int read, CancellationToken cancellationToken)
    {
        if ((read & 0xFFF) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private SqliteCommand Command(SqliteConnection connection, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = _snapshot;
        command.CommandText = sql;
        command.Parameters.Add("$series", SqliteType.Integer);
        return command;
    }
}
