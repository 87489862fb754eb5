using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>
/// Removes files that nobody can need any more, see <see cref="RetentionRule"/>: of each run that something happened to, and of all at the start, where
/// a removal may have been interrupted. Of deleted runs nothing is kept.
/// </summary>
public sealed class ArtifactRetention(
    IDbContextFactory<StateContext> contexts, StateWriter writer, ArtifactFolder folder, RunFolderRemoval files, ArtifactUsage usage, ILogger<ArtifactRetention> logger)
    : BackgroundService
{
    private const int MostWaiting = 10_000;

    private readonly Channel<string> _runs = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Set while runs that are not in the channel wait to be looked at.</summary>
    private int _all = 1;

    /// <summary>The run was cancelled, or an attempt of it ended or has a checkpoint now; returns at once.</summary>
    public void Consider(string runId)
    {
        if (!_runs.Writer.TryWrite(runId))
        {
            Interlocked.Exchange(ref _all, 1);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start does not wait for it.
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
            logger.LogError(exception, "Files of run {RunId} that nobody needs could not be removed; the next start tries again", runId);
        }
    }

    private async Task ApplyAsync(string runId, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.RunFolder(runId)))
        {
            return;
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await PlanAsync(db, runId, cancellationToken) is not var (run, removals))
        {
            await RemoveLateFilesAsync(db, runId, cancellationToken);
            return;
        }

        if (!removals.Any(removal => AttemptFolderCleaner.Any(folder, runId, removal)))
        {
            return;
        }

        if (run.Status == RunStatus.Cancelled)
        {
            removals = await ForgetCheckpointsAsync(runId, cancellationToken);
        }

        foreach (Removal removal in removals)
        {
            long bytes = AttemptFolderCleaner.Remove(folder, runId, removal);
            usage.Measure(runId, removal.Attempt);
            logger.LogDebug("{Bytes} bytes of run {RunId}, attempt {Attempt} removed ({Kind})", bytes, runId, removal.Attempt, removal.Kind);
        }
    }

    /// <summary>A worker may have written them before it knew that the run is deleted. Folders of runs that were never here are not ours.</summary>
    private async Task RemoveLateFilesAsync(StateContext db, string runId, CancellationToken cancellationToken)
    {
        if (await db.DeletedRuns.AnyAsync(deleted => deleted.RunId == runId, cancellationToken))
        {
            files.Remove(runId);
        }
    }

    /// <summary>A cancelled run may be retried at any moment: first nobody may go on from its checkpoints any more, then they go.</summary>
    private Task<IReadOnlyList<Removal>> ForgetCheckpointsAsync(string runId, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            if (await PlanAsync(unit.Db, runId, unit.CancellationToken) is not var (_, removals))
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

    private static async Task<(Run Run, IReadOnlyList<Removal> Removals)?> PlanAsync(StateContext db, string runId, CancellationToken cancellationToken)
    {
        Run? run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == runId, cancellationToken);
        if (run is null)
        {
            return null;
        }

        List<Attempt> attempts = await db.Attempts.AsNoTracking().Where(attempt => attempt.RunId == runId).ToListAsync(cancellationToken);
        return (run, RetentionRule.Of(run, attempts));
    }
}
