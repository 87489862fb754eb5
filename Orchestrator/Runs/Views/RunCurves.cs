using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Reads one metric of many runs of a sweep.</summary>
public sealed class RunCurves(IDbContextFactory<StateContext> contexts, MetricArchive archive)
{
    private const int MostRuns = 200;

    /// <summary>Enough for a sparkline in a table of runs.</summary>
    private const int DefaultPoints = 32;

    /// <summary>
    /// By run, for runs that have points: <c>ids</c> of the sweep's runs, <c>metric</c> (default: the objective), <c>maxPoints</c>, <c>times</c>
    /// (false for points without times), <c>attempts</c> (true for points with their attempt).
    /// </summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> ReadAsync(
        string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        IReadOnlyList<string> ids = query.Texts("ids");
        if (ids.Count is 0 or > MostRuns || ids.Any(id => !EntityId.IsWellFormed(id)))
        {
            query.Refuse("ids", $"not allowed: \"{Query.Shorten(string.Join(',', ids))}\"; allowed: 1 to {MostRuns} ids of runs, separated by commas");
        }

        int maxPoints = query.MaxPoints() ?? DefaultPoints;
        bool withTimes = query.WithTimes();
        bool withAttempts = query.WithAttempts();
        query.ThrowIfInvalid();
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string objective = await db.Sweeps.Where(sweep => sweep.Id == sweepId).Select(sweep => sweep.ObjectiveMetric).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiException.NotFound("sweep", sweepId);
        Dictionary<string, string> sources = await db.Runs
            .Where(run => run.SweepId == sweepId && ids.Contains(run.Id))
            .ToDictionaryAsync(run => run.Id, run => run.ReusedFrom ?? run.Id, cancellationToken);
        IReadOnlyList<(Series Series, IReadOnlyList<SeriesPoint> Points)> curves = await archive.ReadManyAsync(
            [.. sources.Values.Distinct()], [query.Text("metric") ?? objective], maxPoints, cancellationToken);
        Dictionary<string, IReadOnlyList<SeriesPoint>> bySource = curves
            .Where(curve => curve.Points.Count > 0)
            .ToDictionary(curve => curve.Series.RunId, curve => SeriesPoint.Select(curve.Points, withTimes, withAttempts));
        return sources.Where(run => bySource.ContainsKey(run.Value)).ToDictionary(run => run.Key, run => bySource[run.Value]);
    }
}
