using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>What is stored of some runs.</summary>
public readonly record struct MetricAmount(long Points, long LogLines, long LogBytes)
{
    /// <summary>A point, and a line besides its text: as measured, pages being filled as they are.</summary>
    private const int BytesPerPoint = 28;
    private const int BytesPerLine = 64;

    /// <summary>About how much room that takes in the database.</summary>
    public long Bytes => (Points * BytesPerPoint) + (LogLines * BytesPerLine) + LogBytes;

    public static MetricAmount operator +(MetricAmount one, MetricAmount other) =>
        new(one.Points + other.Points, one.LogLines + other.LogLines, one.LogBytes + other.LogBytes);
}

/// <summary>Counts points and lines. Counting all of a large archive takes a while: its result is kept for a multiple of the time it took.</summary>
public sealed class MetricUsage(IDbContextFactory<MetricsContext> contexts, TimeProvider time) : IDisposable
{
    private const int KeptFor = 20;
    private static readonly TimeSpan LeastKept = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Dictionary<string, MetricAmount> _all = [];
    private long? _countedAt;
    private TimeSpan _took;

    /// <summary>Of each run that has any.</summary>
    public async Task<IReadOnlyDictionary<string, MetricAmount>> AllAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_countedAt is not { } counted || time.GetElapsedTime(counted) > LeastKept + (_took * KeptFor))
            {
                long start = time.GetTimestamp();
                _all = await CountAsync(null, cancellationToken);
                (_countedAt, _took) = (time.GetTimestamp(), time.GetElapsedTime(start));
            }

            return _all;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Of these runs together, counted now.</summary>
    public async Task<MetricAmount> OfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        (await CountAsync(runIds, cancellationToken)).Values.Aggregate(default(MetricAmount), (sum, one) => sum + one);

    public void Dispose() => _gate.Dispose();

    private async Task<Dictionary<string, MetricAmount>> CountAsync(IReadOnlyCollection<string>? runIds, CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // One parameter for all: a sweep may have more runs than a query may have parameters.
        string[] ids = [.. runIds ?? []];
        IQueryable<Series> curves = runIds is null ? db.Series : db.Series.Where(series => EF.Parameter(ids).Contains(series.RunId));
        IQueryable<StoredLogLine> logs = runIds is null ? db.LogLines : db.LogLines.Where(line => EF.Parameter(ids).Contains(line.RunId));
        var points = await curves
            .Select(series => new { series.RunId, Count = db.Points.LongCount(point => point.SeriesId == series.Id) })
            .ToListAsync(cancellationToken);
        var lines = await logs
            .GroupBy(line => line.RunId)
            .Select(run => new { RunId = run.Key, Count = run.LongCount(), Length = run.Sum(line => (long)line.Message.Length + (line.Detail ?? "").Length) })
            .ToListAsync(cancellationToken);
        var amounts = points.GroupBy(one => one.RunId).ToDictionary(run => run.Key, run => new MetricAmount(run.Sum(one => one.Count), 0, 0));
        foreach (var run in lines)
        {
            amounts[run.RunId] = amounts.GetValueOrDefault(run.RunId) + new MetricAmount(0, run.Count, run.Length);
        }

        return amounts;
    }
}
