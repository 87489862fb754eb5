using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Shows the best value of a sweep so far over time and epochs. That of a large sweep reads a million points, so it is kept for a multiple of that time.</summary>
public sealed class ProgressViews(IDbContextFactory<StateContext> contexts, MetricArchive archive, TimeProvider time)
{
    private const int KeptFor = 10;
    private const int MostKept = 16;
    private static readonly TimeSpan WorthKeeping = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Sweep, int MaxPoints), (ProgressView Progress, long Read, TimeSpan Took)> _kept = [];

    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<ProgressView> ReadAsync(string sweepId, int maxPoints, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(sweep => sweep.Id == sweepId, cancellationToken) ?? throw ApiException.NotFound("sweep", sweepId);
        if (_kept.TryGetValue((sweepId, maxPoints), out (ProgressView Progress, long Read, TimeSpan Took) kept) && time.GetElapsedTime(kept.Read) < kept.Took * KeptFor)
        {
            return kept.Progress;
        }

        long start = time.GetTimestamp();
        ProgressView progress = await ReadAsync(db, sweep, maxPoints, cancellationToken);
        Keep((sweepId, maxPoints), progress, time.GetElapsedTime(start));
        return progress;
    }

    private async Task<ProgressView> ReadAsync(StateContext db, Sweep sweep, int maxPoints, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => run.SweepId == sweep.Id)
            .Select(run => new { run.Id, run.Cell, run.Epochs, run.SharedEpochs, run.ReusedFrom, run.BestObjective, run.FinishedAt })
            .ToListAsync(cancellationToken);
        var values = new List<MeasuredValue>();
        int[] trained = [.. Enumerable.Range(0, runs.Count).Where(index => runs[index].ReusedFrom is null)];
        await archive.ReadValuesAsync(
            [.. trained.Select(index => runs[index].Id)],
            sweep.ObjectiveMetric,
            (index, epoch, value, ticks) => values.Add(new MeasuredValue(ticks, trained[index], value, Cost: epoch > runs[trained[index]].SharedEpochs ? 1 : 0)),
            cancellationToken);
        (long epochs, long? last) = (values.Sum(value => (long)value.Cost), values.Count == 0 ? null : values.Max(value => value.Ticks));
        for (int index = 0; index < runs.Count; index++)
        {
            if (runs[index] is { ReusedFrom: not null, BestObjective: { } best, FinishedAt: { } taken })
            {
                values.Add(new MeasuredValue(taken.UtcTicks, index, best, Cost: 0));
            }
        }

        return new ProgressView
        {
            Metric = sweep.ObjectiveMetric,
            Goal = sweep.ObjectiveGoal,
            StartedAt = sweep.CreatedAt,
            LastAt = last is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Epochs = epochs,
            SharedEpochs = trained.Sum(index => (long)runs[index].SharedEpochs),
            AllEpochs = trained.Sum(index => (long)runs[index].Epochs),
            Points =
            [
                .. from improvement in BestSoFar.Of(values, sweep.Objective, maxPoints)
                   let run = runs[improvement.Measured.Run]
                   select new ProgressPoint(new DateTimeOffset(improvement.Measured.Ticks, TimeSpan.Zero), improvement.Epochs, improvement.Measured.Value, run.Id, run.Cell),
            ],
        };
    }

    private void Keep((string Sweep, int MaxPoints) key, ProgressView progress, TimeSpan took)
    {
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        if (took > WorthKeeping)
        {
            _kept[key] = (progress, time.GetTimestamp(), took);
        }
    }
}
