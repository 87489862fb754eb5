using Experiments.Contracts.Api;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>Describes what a deletion would do, without deleting anything.</summary>
public sealed class DeletionPreviews(IDbContextFactory<StateContext> contexts, ArtifactUsage usage, MetricUsage metrics)
{
    /// <exception cref="ApiException">There is no such run.</exception>
    public async Task<DeletionPreview> OfRunAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Run run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) ?? throw ApiException.NotFound("run", id);
        return await ShowAsync(db, [run], obstacle: null, cancellationToken);
    }

    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<DeletionPreview> OfSweepAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
        List<Run> runs = await db.Runs.AsNoTracking().Where(run => run.SweepId == id).ToListAsync(cancellationToken);
        return await ShowAsync(db, runs, SweepStatusUpdater.IsOpen(sweep.Status) ? DeletionProblems.NotEnded(id, sweep.Status) : null, cancellationToken);
    }

    /// <summary>The disk space that deleting these runs frees, in bytes.</summary>
    public async Task<long> SizeOfAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken) =>
        usage.BytesOf(runIds) + (await metrics.OfAsync(runIds, cancellationToken)).Bytes;

    private async Task<DeletionPreview> ShowAsync(StateContext db, List<Run> runs, string? obstacle, CancellationToken cancellationToken)
    {
        string[] ids = [.. runs.Select(run => run.Id)];
        HashSet<string> asked = [.. ids];
        DeletionCheck check = await DeletionCheck.OfAsync(db, runs, cancellationToken);
        MetricAmount amount = await metrics.OfAsync(ids, cancellationToken);
        long artifacts = usage.BytesOf(ids);
        return new DeletionPreview
        {
            Runs = runs.Count,
            Bytes = artifacts + amount.Bytes,
            ArtifactBytes = artifacts,
            Attempts = await db.Attempts.CountAsync(attempt => EF.Parameter(ids).Contains(attempt.RunId) && attempt.Number != Attempt.OfStage, cancellationToken),
            Points = amount.Points,
            LogLines = amount.LogLines,
            Obstacle = obstacle ?? ids.Select(id => check.Obstacles.GetValueOrDefault(id)).FirstOrDefault(reason => reason is not null),
            NeededBy = [.. check.NeededBy.SelectMany(needed => needed).Where(one => !asked.Contains(one.RunId) || check.Obstacles.Count == 0)],
        };
    }
}
