using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Notices;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Control;

/// <summary>Pauses, resumes, cancels and retries sweeps for users.</summary>
public sealed class SweepControl(
    StateWriter writer,
    LeaseTable leases,
    StopNotices notices,
    TicketQueue tickets,
    TwinRuns twins,
    ArtifactRetention retention,
    TimeProvider time,
    ILogger<SweepControl> logger)
{
    /// <summary>None of its runs is given to a worker any more, and running attempts save a checkpoint and hand back.</summary>
    /// <exception cref="ApiException">There is no such sweep, or it is not running.</exception>
    public Task PauseAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, SweepStatus.Paused, [SweepStatus.Running], AttemptDirective.HandBack, cancellationToken);

    /// <exception cref="ApiException">There is no such sweep, or it is not paused.</exception>
    public Task ResumeAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, SweepStatus.Running, [SweepStatus.Paused], AttemptDirective.Continue, cancellationToken);

    /// <summary>Cancels all its runs that have not ended.</summary>
    /// <exception cref="ApiException">There is no such sweep, or it has ended.</exception>
    public Task CancelAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, SweepStatus.Cancelled, [SweepStatus.Running, SweepStatus.Paused], AttemptDirective.Cancel, cancellationToken);

    /// <summary>Gives every failed run as many tries as a new one.</summary>
    /// <exception cref="ApiException">There is no such sweep, or none of its runs failed.</exception>
    public async Task RetryFailedAsync(string id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                Sweep sweep = await FindAsync(unit, id);
                List<string> keys = await unit.Db.Runs
                    .Where(run => run.SweepId == id && run.Status == RunStatus.Failed)
                    .Select(run => run.Key)
                    .ToListAsync(unit.CancellationToken);
                int retried = await unit.Db.Runs
                    .Where(run => run.SweepId == id && run.Status == RunStatus.Failed)
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(run => run.Status, RunStatus.Queued)
                            .SetProperty(run => run.TriesLeft, sweep.MaxAttempts)
                            .SetProperty(run => run.BatchParts, 1)
                            .SetProperty(run => run.FinishedAt, (DateTimeOffset?)null)
                            .SetProperty(run => run.FailureKind, (FailureKind?)null)
                            .SetProperty(run => run.FailureMessage, (string?)null)
                            .SetProperty(run => run.Decision, (string?)null),
                        unit.CancellationToken);
                if (retried == 0)
                {
                    throw ApiException.Conflict($"no run of sweep {id} failed; there is nothing to retry");
                }

                await SweepStatusUpdater.RefreshAsync(unit, id, time.GetUtcNow());
                await twins.SettleAsync(unit, sweep, keys);
                await SweepStatusUpdater.RefreshAsync(unit, id, time.GetUtcNow());
                logger.LogInformation("{Runs} failed runs of sweep {SweepId} retried", retried, id);
            },
            cancellationToken);
        tickets.Wanted();
    }

    private async Task ChangeAsync(
        string id, SweepStatus to, SweepStatus[] from, AttemptDirective directive, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                Sweep sweep = await FindAsync(unit, id);
                if (!from.Contains(sweep.Status))
                {
                    string allowed = string.Join(" or ", from.Select(status => EnumText.Of(status)));
                    throw ApiException.Conflict($"sweep {id} is {EnumText.Of(sweep.Status)}; allowed: {allowed}");
                }

                sweep.Status = to;
                if (to == SweepStatus.Cancelled)
                {
                    await CancelRunsAsync(unit, sweep);
                }
                else if (to == SweepStatus.Paused)
                {
                    // Runs that are being trained hand back first, or end.
                    await twins.ReleaseWaitingOfSweepAsync(unit, id, RunStatus.Queued);
                }

                unit.SweepChanged(id);
                unit.AfterCommit(() => Direct(id, directive));
                logger.LogInformation("Sweep {SweepId} is {Status} now", id, to);
            },
            cancellationToken);
        tickets.Wanted();
    }

    private async Task CancelRunsAsync(StateWrite unit, Sweep sweep)
    {
        DateTimeOffset now = time.GetUtcNow();
        sweep.FinishedAt = now;
        sweep.SearchState = SearchState.Stop(sweep.SearchState);
        await twins.ReleaseWaitingOfSweepAsync(unit, sweep.Id, RunStatus.Running, RunStatus.Queued);
        IReadOnlyList<RunStatus> open = RunTransitions.From(RunCause.Cancelled);
        List<string> tried = await unit.Db.Runs
            .Where(run => run.SweepId == sweep.Id && open.Contains(run.Status) && (run.Attempt > 0 || run.SharedFrom != null))
            .Select(run => run.Id)
            .ToListAsync(unit.CancellationToken);
        unit.AfterCommit(() => tried.ForEach(retention.Consider));
        await unit.Db.Runs
            .Where(run => run.SweepId == sweep.Id && open.Contains(run.Status))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(run => run.Status, RunStatus.Cancelled)
                    .SetProperty(run => run.Held, (RunStatus?)null)
                    .SetProperty(run => run.FinishedAt, now)
                    .SetProperty(run => run.WaitsFor, (string?)null)
                    .SetProperty(run => run.WaitsForEpoch, (int?)null),
                unit.CancellationToken);
    }

    private void Direct(string sweepId, AttemptDirective directive)
    {
        foreach (Lease lease in leases.DirectSweep(sweepId, directive))
        {
            if (directive != AttemptDirective.Continue)
            {
                notices.Send(lease);
            }
        }
    }

    private static async Task<Sweep> FindAsync(StateWrite unit, string id) =>
        await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
}
