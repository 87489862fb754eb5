using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs;

/// <summary>
/// Ends at startup the attempts of workers that lived in the process that ended before this one: where messages stay in one
/// process, no such worker can be alive, and nobody needs to wait for their leases.
/// </summary>
internal sealed class AbandonedAttempts(
    IDbContextFactory<StateContext> contexts, IMessageBusInfo bus, AttemptEnds ends, TimeProvider time) : IRestoredAtStart
{
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (bus.IsDurable)
        {
            return;
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<Attempt> open = await db.Attempts.AsNoTracking().Where(attempt => attempt.EndedAt == null).ToListAsync(cancellationToken);
        foreach (Attempt attempt in open)
        {
            string sweepId = await db.Runs.Where(run => run.Id == attempt.RunId).Select(run => run.SweepId).SingleAsync(cancellationToken);
            await ends.HandleAsync(End(attempt, sweepId), cancellationToken);
        }
    }

    /// <summary>
    /// An attempt that finished epochs was interrupted. One that did not may have brought the process down, and would do so
    /// for ever if that were not counted.
    /// </summary>
    private AttemptEnded End(Attempt attempt, string sweepId)
    {
        bool hasProgress = attempt.LastEpoch > attempt.FirstEpoch;
        return new AttemptEnded
        {
            SweepId = sweepId,
            RunId = attempt.RunId,
            Attempt = attempt.Number,
            WorkerId = attempt.WorkerId,
            Outcome = hasProgress ? AttemptOutcome.HandedBack : AttemptOutcome.Lost,
            Failure = hasProgress ? null : new RunFailure(FailureKind.Lost, "the process ended while the run was training"),
            Time = time.GetUtcNow(),
        };
    }
}
