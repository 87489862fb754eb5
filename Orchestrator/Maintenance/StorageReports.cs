using Experiments.Contracts.Api;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Maintenance;

/// <summary>Says what takes room.</summary>
public sealed class StorageReports(
    IDbContextFactory<StateContext> states,
    IDbContextFactory<MetricsContext> metricPoints,
    StorageFolder databases,
    ArtifactFolder folder,
    ArtifactUsage usage,
    MetricUsage metrics,
    DeletedRunRemoval removal,
    IDiskSpace disk,
    IOptions<ArtifactOptions> limits)
{
    public async Task<StorageView> ReadAsync(CancellationToken cancellationToken)
    {
        await using StateContext db = await states.CreateDbContextAsync(cancellationToken);
        IReadOnlyDictionary<string, long> files = usage.ByRun();
        var runs = await db.Runs.Select(run => new { run.Id, run.SweepId }).ToListAsync(cancellationToken);
        List<string> due = await db.DeletedRuns.Where(run => run.RemovedAt == null).Select(run => run.RunId).ToListAsync(cancellationToken);
        List<DatabaseStorage> sizes = await SizesAsync(db, cancellationToken);
        long dueBytes = due.Sum(id => files.GetValueOrDefault(id));
        long artifacts = files.Values.Sum();
        return new StorageView
        {
            Bytes = artifacts + sizes.Sum(size => size.Bytes),
            FreeBytes = disk.FreeBytes(folder.Root),
            Artifacts = new ArtifactStorage(
                artifacts, artifacts - dueBytes - runs.Sum(run => files.GetValueOrDefault(run.Id)), limits.Value.MaxBytes, limits.Value.MinFreeBytes),
            Databases = sizes,
            Deleting = new PendingDeletion(due.Count, dueBytes, removal.Problem),
            Sweeps = await SweepsAsync(db, runs.ToLookup(run => run.SweepId, run => run.Id), files, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<SweepStorage>> SweepsAsync(
        StateContext db, ILookup<string, string> runs, IReadOnlyDictionary<string, long> files, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, MetricAmount> amounts = await metrics.AllAsync(cancellationToken);
        var sweeps = await db.Sweeps
            .Select(sweep => new { sweep.Id, sweep.Name, sweep.Status, sweep.CreatedAt, sweep.ArchivedAt })
            .ToListAsync(cancellationToken);
        IEnumerable<SweepStorage> shown =
            from sweep in sweeps
            let artifactBytes = runs[sweep.Id].Sum(id => files.GetValueOrDefault(id))
            let metricBytes = runs[sweep.Id].Sum(id => amounts.GetValueOrDefault(id).Bytes)
            select new SweepStorage
            {
                Id = sweep.Id,
                Name = sweep.Name,
                Status = sweep.Status,
                CreatedAt = sweep.CreatedAt,
                ArchivedAt = sweep.ArchivedAt,
                Runs = runs[sweep.Id].Count(),
                Bytes = artifactBytes + metricBytes,
                ArtifactBytes = artifactBytes,
                MetricBytes = metricBytes,
            };
        return [.. shown.OrderByDescending(sweep => sweep.Bytes).ThenByDescending(sweep => sweep.CreatedAt)];
    }

    private async Task<List<DatabaseStorage>> SizesAsync(StateContext state, CancellationToken cancellationToken)
    {
        await using MetricsContext points = await metricPoints.CreateDbContextAsync(cancellationToken);
        DatabaseSize stateSize = await DatabaseFiles.MeasureAsync(state, Path.Combine(databases.Root, StorageFolder.StateFile), cancellationToken);
        DatabaseSize pointsSize = await DatabaseFiles.MeasureAsync(points, Path.Combine(databases.Root, StorageFolder.MetricsFile), cancellationToken);
        return
        [
            new DatabaseStorage("state", stateSize.Bytes, stateSize.ReusableBytes),
            new DatabaseStorage("metrics", pointsSize.Bytes, pointsSize.ReusableBytes),
        ];
    }
}
