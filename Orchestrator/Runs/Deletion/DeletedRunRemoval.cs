using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>
/// Removes the data of deleted runs, see <see cref="IRunData"/>: after each deletion, and at startup, because a removal may have been interrupted.
/// Every step can be repeated, and the mark of a run is settled last.
/// </summary>
public sealed class DeletedRunRemoval(
    IDbContextFactory<StateContext> contexts, StateWriter writer, IEnumerable<IRunData> data, TimeProvider time, ILogger<DeletedRunRemoval> logger)
    : BackgroundService
{
    private const int RunsPerTransaction = 100;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>A worker that was suspended for longer than this may leave a folder that is never removed.</summary>
    private static readonly TimeSpan MarkLifetime = TimeSpan.FromDays(90);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Why the latest removal failed; null when it succeeded.</summary>
    public string? Problem { get; private set; }

    /// <summary>Call it when runs were deleted. Returns immediately.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another caller has already set it.
            }
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Startup does not wait for this.
        await Task.Yield();
        while (true)
        {
            try
            {
                await ForgetOldMarksAsync(stoppingToken);
                await RemoveDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Problem = exception.Message;
                logger.LogError(exception, "The deleted runs could not be read; retrying in {Delay}", RetryDelay);
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Removes everything that is due. Failed removals stay due, and the others continue.</summary>
    internal async Task RemoveDueAsync(CancellationToken cancellationToken)
    {
        var failed = new HashSet<string>();
        string? problem = null;
        while (await DueAsync(failed, cancellationToken) is { Count: > 0 } due)
        {
            foreach (string runId in due)
            {
                problem = await TryRemoveAsync(runId, cancellationToken) is { } failure && failed.Add(runId) ? failure : problem;
            }

            DateTimeOffset now = time.GetUtcNow();
            string[] removed = [.. due.Except(failed)];
            await writer.WriteAsync(
                unit => unit.Db.DeletedRuns
                    .Where(run => removed.Contains(run.RunId))
                    .ExecuteUpdateAsync(set => set.SetProperty(run => run.RemovedAt, now), unit.CancellationToken),
                cancellationToken);
        }

        Problem = problem;
    }

    private async Task<List<string>> DueAsync(HashSet<string> failed, CancellationToken cancellationToken)
    {
        string[] left = [.. failed];
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.DeletedRuns
            .Where(run => run.RemovedAt == null && !EF.Parameter(left).Contains(run.RunId))
            .OrderBy(run => run.DeletedAt).ThenBy(run => run.RunId)
            .Select(run => run.RunId)
            .Take(RunsPerTransaction)
            .ToListAsync(cancellationToken);
    }

    /// <returns>What failed; null when nothing of the run is left.</returns>
    private async Task<string?> TryRemoveAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (IRunData part in data)
            {
                await part.RemoveAsync(runId, cancellationToken);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            logger.LogError(exception, "The data of deleted run {RunId} could not be removed; retrying in {Delay}", runId, RetryDelay);
            return exception.Message;
        }
    }

    private async Task ForgetOldMarksAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset old = time.GetUtcNow() - MarkLifetime;
        await writer.WriteAsync(
            unit => unit.Db.DeletedRuns.Where(run => run.RemovedAt < old).ExecuteDeleteAsync(unit.CancellationToken), cancellationToken);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (Problem is null)
        {
            await _wake.WaitAsync(cancellationToken);
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(over.Token), Task.Delay(RetryDelay, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
