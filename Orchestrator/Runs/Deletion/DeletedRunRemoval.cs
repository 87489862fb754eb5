using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>
/// Removes what deleted runs left, see <see cref="IRunData"/>: when some are deleted, and at the start, where a removal may have been interrupted. Each
/// step may be done again, and the mark of a run goes last.
/// </summary>
public sealed class DeletedRunRemoval(
    IDbContextFactory<StateContext> contexts, StateWriter writer, IEnumerable<IRunData> data, TimeProvider time, ILogger<DeletedRunRemoval> logger)
    : BackgroundService
{
    private const int RunsPerTransaction = 100;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>A worker that was frozen for longer than this may leave a folder that is never removed.</summary>
    private static readonly TimeSpan MarkLifetime = TimeSpan.FromDays(90);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Why something could not be removed at the newest try; null when all could.</summary>
    public string? Problem { get; private set; }

    /// <summary>Runs were deleted; returns at once.</summary>
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
                // Another caller came first.
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
        // The start does not wait for it.
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
                logger.LogError(exception, "What deleted runs left could not be looked up; trying again in {Delay}", RetryDelay);
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Removes all that is due. What fails stays due, and the others go on.</summary>
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

    /// <returns>What went wrong; null when nothing of the run is left.</returns>
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
            logger.LogError(exception, "What the deleted run {RunId} left could not be removed; trying again in {Delay}", runId, RetryDelay);
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
