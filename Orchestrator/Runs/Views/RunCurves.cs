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

    /// <summary>Reads the curves by run, for runs that have points.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> ReadAsync(
        string sweepId, RunCurvesParameters query, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = query.Ids.Values;
        if (ids.Count is 0 or > MostRuns || ids.Any(id => !EntityId.IsWellFormed(id)))
        {
            query.Refuse("ids", $"not allowed: \"{Quote.Shorten(string.Join(',', ids))}\"; allowed: 1 to {MostRuns} ids of runs, separated by commas");
        }

        query.ThrowIfInvalid();
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string objective = await db.Sweeps.Where(sweep => sweep.Id == sweepId).Select(sweep => sweep.ObjectiveMetric).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiException.NotFound("sweep", sweepId);
        Dictionary<string, string> sources = await db.Runs
            .Where(run => run.SweepId == sweepId && ids.Contains(run.Id))
            .ToDictionaryAsync(run => run.Id, run => run.ReusedFrom ?? run.Id, cancellationToken);
        IReadOnlyList<(Series Series, IReadOnlyList<SeriesPoint> Points)> curves = await archive.ReadManyAsync(
            [.. sources.Values.Distinct()], [query.Metric ?? objective], query.MaxPoints, cancellationToken);
        Dictionary<string, IReadOnlyList<SeriesPoint>> bySource = curves
            .Where(curve => curve.Points.Count > 0)
            .ToDictionary(curve => curve.Series.RunId, curve => SeriesPoint.Select(curve.Points, query.Times, query.Attempts));
        return sources.Where(run => bySource.ContainsKey(run.Value)).ToDictionary(run => run.Key, run => bySource[run.Value]);
    }
}
