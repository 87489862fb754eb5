using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Metrics;

/// <summary>Stores the points of all curves. Storing a point twice has no effect.</summary>
public sealed class MetricArchive(
    IDbContextFactory<MetricsContext> contexts, IDbContextFactory<StateContext> states, MetricsGate gate, ILogger<MetricArchive> logger) : IRunData
{
    /// <summary>Each costs a connection with its own cache.</summary>
    private const int MostReaders = 4;
    private const int FewestPerReader = 8;

    /// <summary>This takes a fraction of a second.</summary>
    private const int PointsRemovedTogether = 50_000;

    /// <summary>16 MB: a comparison of 200 runs with five metrics fits.</summary>
    private const int PointsKept = 400_000;

    private readonly ThinnedCurves _shown = new(PointsKept);

    /// <summary>
    /// Stores points together with the stream position after them, in one transaction. The gate keeps <see cref="TrimAsync"/> and <see
    /// cref="RemoveAsync"/> from running between the check of the fences and the write.
    /// </summary>
    /// <param name="position">Null for points that do not come from the stream.</param>
    public async Task StoreAsync(IReadOnlyList<MetricBatch> batches, string? position, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        Dictionary<string, AttemptFences> fences = await FencesAsync(batches, cancellationToken);
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var writer = new PointWriter((SqliteConnection)db.Database.GetDbConnection());
        foreach (MetricBatch batch in batches)
        {
            if (fences.TryGetValue(batch.RunId, out AttemptFences? fence))
            {
                writer.Write(batch, fence);
            }
            else
            {
                logger.LogWarning("{Points} points of run {RunId} dropped: it is unknown, or deleted", batch.Points.Count, batch.RunId);
            }
        }

        writer.Commit(position);
        foreach (string runId in batches.Select(batch => batch.RunId).Distinct())
        {
            _shown.Changed(runId);
        }
    }

    /// <summary>Where the archiver resumes; <see cref="ServiceDefaults.Metrics.IMetricStream.Beginning"/> before the first point.</summary>
    public async Task<string> PositionAsync(CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        ArchivePosition? position = await db.ArchivePositions.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return position?.Position ?? ServiceDefaults.Metrics.IMetricStream.Beginning;
    }

    /// <summary>Deletes the points of earlier attempts beyond the end of a run.</summary>
    /// <param name="end">The attempt that completed it.</param>
    public async Task TrimAsync(string runId, AttemptEnd end, CancellationToken cancellationToken)
    {
        if (end.Attempt <= 1)
        {
            return;
        }

        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (Series series in await db.Series.AsNoTracking().Where(s => s.RunId == runId).ToListAsync(cancellationToken))
        {
            long? last = MetricNames.IsPerIteration(series.Name) ? end.LastIteration : end.LastEpoch;
            await db.Points
                .Where(p => p.SeriesId == series.Id && p.Step > last && p.Attempt < end.Attempt)
                .ExecuteDeleteAsync(cancellationToken);
        }

        _shown.Changed(runId);
    }

    /// <summary>Removes all points of a run that is no longer in the state, in batches, so that other writers get their turn.</summary>
    public async Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        while (await RemoveSomeAsync(runId, cancellationToken))
        {
        }

        _shown.Changed(runId);
    }

    /// <returns>False once nothing is left.</returns>
    private async Task<bool> RemoveSomeAsync(string runId, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        int removed = await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM Points WHERE (SeriesId, Step) IN (
                SELECT p.SeriesId, p.Step FROM Series s JOIN Points p ON p.SeriesId = s.Id WHERE s.RunId = {runId} LIMIT {PointsRemovedTogether})
            """,
            cancellationToken);
        if (removed == 0)
        {
            await db.Series.Where(series => series.RunId == runId).ExecuteDeleteAsync(cancellationToken);
        }

        return removed > 0;
    }

    /// <summary>The curves of a run by metric, each in the order of its steps.</summary>
    /// <param name="names">Empty for all metrics.</param>
    /// <param name="maxPoints">Longer curves are downsampled; null for all points.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> ReadAsync(
        string runId, IReadOnlyCollection<string> names, int? maxPoints, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Series Series, IReadOnlyList<SeriesPoint> Points)> curves = await ReadManyAsync([runId], names, maxPoints, cancellationToken);
        return curves.ToDictionary(curve => curve.Series.Name, curve => curve.Points);
    }

    /// <summary>The curves of several runs, in any order within a name; read on several cores.</summary>
    /// <param name="names">Empty for all metrics.</param>
    /// <param name="maxPoints">Longer curves are downsampled; null for all points.</param>
    public async Task<IReadOnlyList<(Series Series, IReadOnlyList<SeriesPoint> Points)>> ReadManyAsync(
        IReadOnlyCollection<string> runIds, IReadOnlyCollection<string> names, int? maxPoints, CancellationToken cancellationToken)
    {
        List<Series> series = await FindSeriesAsync(runIds, names, cancellationToken);
        var curves = new IReadOnlyList<SeriesPoint>?[series.Count];
        for (int i = 0; i < series.Count && maxPoints is not null; i++)
        {
            curves[i] = _shown.Find(series[i], maxPoints.Value);
        }

        int[] unknown = [.. Enumerable.Range(0, series.Count).Where(i => curves[i] is null)];
        int readers = Math.Clamp(Math.Min(Environment.ProcessorCount, unknown.Length / FewestPerReader), 1, MostReaders);
        int next = -1;
        await Parallel.ForAsync(0, unknown.Length == 0 ? 0 : readers, cancellationToken, async (_, token) =>
        {
            await using MetricsContext db = await contexts.CreateDbContextAsync(token);
            await db.Database.OpenConnectionAsync(token);
            for (int place = Interlocked.Increment(ref next); place < unknown.Length; place = Interlocked.Increment(ref next))
            {
                curves[unknown[place]] = Read((SqliteConnection)db.Database.GetDbConnection(), series[unknown[place]], maxPoints, token);
            }
        });
        return [.. series.Zip(curves, (one, points) => (one, points!))];
    }

    /// <summary>All values of one metric of many runs, in any order, in one pass.</summary>
    /// <param name="take">Gets the index of the run, the step, the value, and when it was measured (UTC ticks).</param>
    public async Task ReadValuesAsync(IReadOnlyCollection<string> runIds, string name, Action<int, long, double, long> take, CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using SqliteCommand command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();

        // One parameter for all: a sweep may have more runs than a statement may have parameters.
        command.CommandText =
            """
            SELECT run.key, Points.Step, Points.Value, Points.Time FROM json_each($runs) run
            JOIN Series ON Series.RunId = run.value AND Series.Name = $name
            JOIN Points ON Points.SeriesId = Series.Id
            """;
        command.Parameters.AddWithValue("$runs", JsonSerializer.Serialize(runIds));
        command.Parameters.AddWithValue("$name", name);
        await using SqliteDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            take(reader.GetInt32(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetInt64(3));
        }
    }

    private IReadOnlyList<SeriesPoint> Read(SqliteConnection connection, Series series, int? maxPoints, CancellationToken cancellationToken)
    {
        long version = _shown.VersionOf(series.RunId);
        using var reader = new SeriesReader(connection);
        IReadOnlyList<SeriesPoint> points = reader.Read(series.Id, maxPoints, cancellationToken);
        if (maxPoints is { } most)
        {
            _shown.Add(series, most, version, points);
        }

        return points;
    }

    private async Task<List<Series>> FindSeriesAsync(IReadOnlyCollection<string> runIds, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Series.AsNoTracking()
            .Where(s => runIds.Contains(s.RunId) && (names.Count == 0 || names.Contains(s.Name)))
            .OrderBy(s => s.Name)
            .ToListAsync(cancellationToken);
    }

    private async Task<Dictionary<string, AttemptFences>> FencesAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
    {
        string[] runs = [.. batches.Select(batch => batch.RunId).Distinct()];
        await using StateContext db = await states.CreateDbContextAsync(cancellationToken);
        var known = await db.Attempts.AsNoTracking()
            .Where(a => runs.Contains(a.RunId))
            .Select(a => new { a.RunId, a.Number, a.Outcome, a.LastEpoch, a.LastIteration })
            .ToListAsync(cancellationToken);
        return known
            .GroupBy(a => a.RunId, a => a.Outcome == AttemptOutcome.Completed
                ? new AttemptEnd(a.Number, a.LastEpoch, a.LastIteration)
                : new AttemptEnd(a.Number, null, null))
            .ToDictionary(run => run.Key, run => new AttemptFences([.. run]));
    }
}
