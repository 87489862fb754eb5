using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Metrics.Database;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Takes in what attempts logged. Lines may come twice, and after the attempt's end.</summary>
public sealed class RunLogIntake(
    IDbContextFactory<MetricsContext> contexts,
    IDbContextFactory<StateContext> states,
    MetricsGate gate,
    ChangeBroadcaster feed,
    TimeProvider time,
    ILogger<RunLogIntake> logger) : IRunData
{
    /// <exception cref="BadMessageException">It cannot be right.</exception>
    public async Task HandleAsync(RunLogWritten written, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunLogLine> lines = RunLogCheck.Tidy(written, time.GetUtcNow());
        if (await StoreKnownAsync(written, lines, cancellationToken) > 0)
        {
            // Names no sweep, so that pages of the sweep do not reload because of a log line.
            feed.Publish(new ChangeEvent(ChangeKind.Log, written.RunId, null));
        }
    }

    public async Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.LogLines.Where(line => line.RunId == runId).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The gate keeps <see cref="RemoveAsync"/> from happening between the look at the attempt and the write.</summary>
    private async Task<int> StoreKnownAsync(RunLogWritten written, IReadOnlyList<RunLogLine> lines, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        if (await IsKnownAsync(written, cancellationToken))
        {
            return await StoreAsync(written, lines, cancellationToken);
        }

        logger.LogDebug("{Lines} lines of unknown attempt {Attempt} of run {RunId} ignored", lines.Count, written.Attempt, written.RunId);
        return 0;
    }

    private async Task<bool> IsKnownAsync(RunLogWritten written, CancellationToken cancellationToken)
    {
        await using StateContext db = await states.CreateDbContextAsync(cancellationToken);
        return await db.Attempts.AnyAsync(
            attempt => attempt.RunId == written.RunId && attempt.Number == written.Attempt && attempt.WorkerId == written.WorkerId, cancellationToken);
    }

    private async Task<int> StoreAsync(RunLogWritten written, IReadOnlyList<RunLogLine> lines, CancellationToken cancellationToken)
    {
        await using MetricsContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var writer = new LogLineWriter((SqliteConnection)db.Database.GetDbConnection());
        int added = writer.Write(written.RunId, written.Attempt, lines);
        writer.Commit();
        return added;
    }
}
