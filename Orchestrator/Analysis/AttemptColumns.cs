using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Shows which worker trained which run of a sweep, and when.</summary>
public sealed class AttemptColumns(IDbContextFactory<StateContext> contexts)
{
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<SweepAttempts> ReadAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Sweeps.AnyAsync(sweep => sweep.Id == sweepId, cancellationToken))
        {
            throw ApiException.NotFound("sweep", sweepId);
        }

        List<Row> rows = await db.Runs
            .Where(run => run.SweepId == sweepId)
            .Join(db.Attempts.Where(attempt => attempt.Number != Attempt.OfStage), run => run.Id, attempt => attempt.RunId, (run, attempt) => new { run.Cell, Attempt = attempt })
            .OrderBy(row => row.Attempt.StartedAt).ThenBy(row => row.Cell)
            .Select(row => new Row(
                row.Attempt.RunId, row.Cell, row.Attempt.Number, row.Attempt.WorkerId, row.Attempt.Host, row.Attempt.Device,
                row.Attempt.StartedAt, row.Attempt.EndedAt, row.Attempt.Outcome, row.Attempt.FailureKind, row.Attempt.FirstEpoch, row.Attempt.LastEpoch))
            .ToListAsync(cancellationToken);
        return Show(rows);
    }

    private static SweepAttempts Show(List<Row> rows)
    {
        // A worker may reconnect from another machine: its last host and device are shown.
        var workers = rows
            .GroupBy(row => row.WorkerId)
            .Select(group => new AttemptWorker(group.Key, group.Last().Host, group.Last().Device))
            .OrderBy(worker => worker.Id, StringComparer.Ordinal)
            .ToList();
        var places = workers.Index().ToDictionary(worker => worker.Item.Id, worker => worker.Index);
        return new SweepAttempts
        {
            Workers = workers,
            Runs = [.. rows.Select(row => row.RunId)],
            Cells = [.. rows.Select(row => row.Cell)],
            Attempts = [.. rows.Select(row => row.Number)],
            WorkerIndexes = [.. rows.Select(row => places[row.WorkerId])],
            StartedAt = [.. rows.Select(row => row.StartedAt)],
            EndedAt = [.. rows.Select(row => row.EndedAt)],
            Outcomes = [.. rows.Select(row => row.Outcome)],
            Failures = [.. rows.Select(row => row.FailureKind)],
            FirstEpochs = [.. rows.Select(row => row.FirstEpoch)],
            LastEpochs = [.. rows.Select(row => row.LastEpoch)],
        };
    }

    private sealed record Row(
        string RunId, int Cell, int Number, string WorkerId, string? Host, string? Device,
        DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome? Outcome, FailureKind? FailureKind, int FirstEpoch, int LastEpoch);
}
