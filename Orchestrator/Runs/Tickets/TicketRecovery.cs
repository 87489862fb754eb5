using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>
/// Notices tickets that got lost, so that the dispatcher sends new ones: those in memory are gone after a restart, and a
/// broker that was wiped shows by workers that stay idle while runs wait.
/// </summary>
public sealed class TicketRecovery(
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    WorkerTable workers,
    TicketSignal signal,
    IMessageBusInfo bus,
    TimeProvider time,
    ILogger<TicketRecovery> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(10);

    private bool _started;
    private TimeSpan _patience = Patience;

    /// <summary>Makes runs ask for a ticket again when theirs must be lost.</summary>
    internal async Task ForgetLostTicketsAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            _started = true;
            if (!bus.IsDurable)
            {
                await ForgetAsync(db => db.Runs.Where(run => run.Status == RunStatus.Queued), cancellationToken);
            }
        }

        // Tickets that lead to no claim although somebody is idle are sent ever more rarely: they may pile up somewhere.
        _patience = signal.TakeClaimed() ? Patience : _patience;
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan patience = _patience;
        if (workers.CountIdleFor(Patience) > 0 && await AnyWaitingAsync(now, patience, cancellationToken))
        {
            int forgotten = await ForgetAsync(db => Waiting(db, now, patience), cancellationToken);
            logger.LogWarning(
                "{Runs} runs wait although a worker is idle: their tickets seem lost and are sent again; the next time after {Patience}",
                forgotten, _patience);
            _patience = TimeSpan.FromTicks(Math.Min(_patience.Ticks * 2, LongestPatience.Ticks));
        }
    }

    private async Task<bool> AnyWaitingAsync(DateTimeOffset now, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Waiting(db, now, patience).AnyAsync(cancellationToken);
    }

    private Task<int> ForgetAsync(Func<StateContext, IQueryable<Run>> which, CancellationToken cancellationToken) => writer.WriteAsync(
        unit => which(unit.Db)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.TicketSentAt, (DateTimeOffset?)null), unit.CancellationToken),
        cancellationToken);

    /// <summary>A ticket that was sent in the future shows that somebody has put the clock back since: how old it is, nobody knows.</summary>
    private static IQueryable<Run> Waiting(StateContext db, DateTimeOffset now, TimeSpan patience)
    {
        DateTimeOffset before = now - patience;
        return db.Runs.Where(run =>
            run.Status == RunStatus.Queued
            && (run.TicketSentAt < before || run.TicketSentAt > now)
            && db.Sweeps.Any(sweep => sweep.Id == run.SweepId && sweep.Status == SweepStatus.Running));
    }
}
