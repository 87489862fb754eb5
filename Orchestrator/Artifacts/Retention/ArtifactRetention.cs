using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>
/// Removes files that are no longer needed, see <see cref="RetentionRule"/>: of a run after each of its events, and of all runs at startup, because a
/// removal may have been interrupted. All files of deleted runs are removed.
/// </summary>
public sealed class ArtifactRetention(
    IDbContextFactory<StateContext> contexts, StateWriter writer, ArtifactFolder folder, RunFolderRemoval files, ArtifactUsage usage, ILogger<ArtifactRetention> logger)
    : BackgroundService
{
    private const int MostWaiting = 10_000;

    private readonly Channel<string> _runs = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>1 while runs that did not fit into the channel have to be checked.</summary>
    private int _all = 1;

    /// <summary>Call it when a run was cancelled, or when one of its attempts ended or has its first checkpoint. Returns immediately.</summary>
    public void Consider(string runId)
    {
        if (!_runs.Writer.TryWrite(runId))
        {
            Interlocked.Exchange(ref _all, 1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Startup does not wait for this.
        await Task.Yield();
        do
        {
            if (Interlocked.Exchange(ref _all, 0) == 1)
            {
                await SweepAsync(stoppingToken);
            }

            while (_runs.Reader.TryRead(out string? runId))
            {
                await TryApplyAsync(runId, stoppingToken);
            }
        }
        while (Volatile.Read(ref _all) == 1 || await _runs.Reader.WaitToReadAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (string runId in folder.Runs())
        {
            await TryApplyAsync(runId, cancellationToken);
        }
    }

    private async Task TryApplyAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(runId, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.LogError(exception, "Unneeded files of run {RunId} could not be removed; the next start retries", runId);
        }
    }

    private async Task ApplyAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.RunFolder(runId)))
        {
            return;
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await PlanAsync(db, runId, cancellationToken) is not var (run, attempts, removals))
        {
            await RemoveLateFilesAsync(db, runId, cancellationToken);
            return;
        }

        // When an upload was aborted, the checkpoint is recorded only in the database.
        bool isCancelled = run.Status == RunStatus.Cancelled;
        bool forgetsCheckpoints = isCancelled && attempts.Any(attempt => attempt.EndedAt is not null && attempt.HasCheckpoint);
        if (!forgetsCheckpoints && !removals.Any(removal => AttemptFolderCleaner.Any(folder, runId, removal)))
        {
            return;
        }

        if (isCancelled)
        {
            removals = await ForgetCheckpointsAsync(runId, cancellationToken);
        }

        foreach (Removal removal in removals)
        {
            long bytes = AttemptFolderCleaner.Remove(folder, runId, removal);
            usage.Measure(runId, removal.Attempt);
            logger.LogDebug("Removed {Bytes} bytes of run {RunId}, attempt {Attempt} ({Kind})", bytes, runId, removal.Attempt, removal.Kind);
        }
    }

    /// <summary>
    /// A worker may have written files before it learned that the run was deleted. Folders of runs that were never stored here are left alone.
    /// </summary>
    private async Task RemoveLateFilesAsync(StateContext db, string runId, CancellationToken cancellationToken)
    {
        if (await db.DeletedRuns.AnyAsync(deleted => deleted.RunId == runId, cancellationToken))
        {
            files.Remove(runId);
        }
    }

    /// <summary>A cancelled run may be retried at any moment: the database forgets its checkpoints before the files are removed.</summary>
    private Task<IReadOnlyList<Removal>> ForgetCheckpointsAsync(string runId, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            if (await PlanAsync(unit.Db, runId, unit.CancellationToken) is not var (_, _, removals))
            {
                return [];
            }

            foreach (Removal removal in removals.Where(removal => removal.Kind >= RemovalKind.Checkpoint))
            {
                Attempt attempt = (await unit.Db.Attempts.FindAsync([runId, removal.Attempt], unit.CancellationToken))!;
                attempt.HasCheckpoint = false;
            }

            return removals;
        },
        cancellationToken);

    private static async Task<(Run Run, IReadOnlyList<Attempt> Attempts, IReadOnlyList<Removal> Removals)?> PlanAsync(
        StateContext db, string runId, CancellationToken cancellationToken)
    {
        Run? run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == runId, cancellationToken);
        if (run is null)
        {
            return null;
        }

        List<Attempt> attempts = await db.Attempts.AsNoTracking().Where(attempt => attempt.RunId == runId).ToListAsync(cancellationToken);
        return (run, attempts, RetentionRule.Of(run, attempts));
    }
}
