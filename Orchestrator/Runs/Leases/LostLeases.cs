using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Leases;

/// <summary>Ends attempts of lost workers.</summary>
public sealed class LostLeases(IDbContextFactory<StateContext> contexts, LeaseTable leases, AttemptEnds ends, TimeProvider time)
{
    /// <summary>How many unconfirmed leases of a run may end without counting against the run.</summary>
    internal const int MostPardoned = 5;

    /// <summary>
    /// Ends the attempt. If its worker never confirmed the lease (the answer to the claim was lost, or the worker died at that moment),
    /// that does not count against the run, unless it repeats: then the run itself may kill its workers. Nothing happens if the lease is renewed while
    /// this waits for its turn to write.
    /// </summary>
    public async Task LoseAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        bool isPardoned = !lease.WasRenewed && await CountPardonedAsync(lease.RunId, cancellationToken) < MostPardoned;
        await ends.HandleAsync(
            new AttemptEnded
            {
                SweepId = lease.SweepId,
                RunId = lease.RunId,
                Attempt = lease.Attempt,
                WorkerId = lease.WorkerId,
                Outcome = isPardoned ? AttemptOutcome.HandedBack : AttemptOutcome.Lost,
                Failure = new RunFailure(
                    FailureKind.Lost,
                    isPardoned
                        ? $"worker {lease.WorkerId} never confirmed it; does not count against the run"
                        : $"worker {lease.WorkerId} sent no heartbeat for {duration.TotalSeconds:0.#} s"),
                Time = time.GetUtcNow(),
            },
            cancellationToken,
            isStillSo: () => leases.IsSilentSince(lease));
    }

    /// <summary>The number of earlier attempts that were lost and do not count against the run.</summary>
    private async Task<int> CountPardonedAsync(string runId, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Attempts.CountAsync(
            attempt => attempt.RunId == runId && attempt.Outcome == AttemptOutcome.HandedBack && attempt.FailureKind == FailureKind.Lost,
            cancellationToken);
    }
}
