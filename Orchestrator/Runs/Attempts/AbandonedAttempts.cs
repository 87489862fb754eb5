using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>
/// At startup, ends the attempts of workers that ran inside the previous process: with an in-memory bus none of them can be alive, so
/// their leases need not expire first.
/// </summary>
internal sealed class AbandonedAttempts(
    IDbContextFactory<StateContext> contexts, IMessageBusInfo bus, AttemptEnds ends, TimeProvider time) : IRestoredAtStart
{
    /// <summary>How many attempts of a run may end with the process before they finish an epoch, until the run is suspected of ending it.</summary>
    private const int MostFruitless = 10;

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
            int fruitless = await db.Attempts.CountAsync(
                other => other.RunId == attempt.RunId && other.Number != Attempt.OfStage && other.LastEpoch == other.FirstEpoch
                    && (other.EndedAt == null || other.FailureKind == FailureKind.Lost),
                cancellationToken);
            await ends.HandleAsync(End(attempt, sweepId, isSuspect: fruitless > MostFruitless), cancellationToken);
        }
    }

    /// <param name="isSuspect">True when the run itself may crash the process, which must not repeat without limit.</param>
    private AttemptEnded End(Attempt attempt, string sweepId, bool isSuspect) =>
        new()
        {
            SweepId = sweepId,
            RunId = attempt.RunId,
            Attempt = attempt.Number,
            WorkerId = attempt.WorkerId,
            Outcome = isSuspect ? AttemptOutcome.Lost : AttemptOutcome.HandedBack,
            Failure = new RunFailure(
                FailureKind.Lost,
                isSuspect ? "the process ended again and again while this run was in its first epoch" : "the process ended while it trained; does not count against the run"),
            Time = time.GetUtcNow(),
        };
}
