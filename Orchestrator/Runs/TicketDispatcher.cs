using System.Diagnostics;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs;

/// <summary>
/// Sends a ticket for every run that should have one. Runs become Queued first and are marked as sent last: after a
/// crash in between a ticket may be sent twice, which costs a refused claim, but never not at all.
/// </summary>
public sealed class TicketDispatcher(
    StateWriter writer,
    TicketSignal signal,
    TicketRecovery recovery,
    IBus bus,
    TimeProvider time,
    ILogger<TicketDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await recovery.ForgetLostTicketsAsync(stoppingToken);
                while (await DispatchAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Sending tickets failed; trying again in {Interval}", Interval);
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Until somebody calls, or a second has passed.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task wanted = signal.WaitAsync(timeout.Token);
        await Task.WhenAny(wanted, Task.Delay(Interval, time, timeout.Token));
        await timeout.CancelAsync();
        await wanted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        List<OutgoingTicket> tickets = await writer.WriteAsync(PrepareAsync, cancellationToken);
        if (tickets.Count == 0)
        {
            return 0;
        }

        ISendEndpoint queue = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunTickets));
        await Task.WhenAll(tickets.Select(ticket => ticket.SendAsync(queue, cancellationToken)));
        string[] ids = [.. tickets.Select(ticket => ticket.Ticket.RunId)];
        DateTimeOffset now = time.GetUtcNow();
        await writer.WriteAsync(
            unit => unit.Db.Runs
                .Where(run => ids.Contains(run.Id) && run.Status == RunStatus.Queued)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.TicketSentAt, now), unit.CancellationToken),
            cancellationToken);
        logger.LogDebug("{Count} tickets sent", tickets.Count);
        return tickets.Count;
    }

    private static async Task<List<OutgoingTicket>> PrepareAsync(StateWrite unit)
    {
        StateContext db = unit.Db;
        Sweep? sweep = await db.Sweeps
            .Where(s => s.Status == SweepStatus.Running && db.Runs.Any(r =>
                r.SweepId == s.Id && r.TicketSentAt == null && (r.Status == RunStatus.Pending || r.Status == RunStatus.Queued)))
            .OrderByDescending(s => s.Priority).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id)
            .FirstOrDefaultAsync(unit.CancellationToken);
        if (sweep is null)
        {
            return [];
        }

        List<Run> runs = await db.Runs
            .Where(r => r.SweepId == sweep.Id && r.TicketSentAt == null && (r.Status == RunStatus.Pending || r.Status == RunStatus.Queued))
            .OrderBy(r => r.Cell)
            .Take(BatchSize)
            .ToListAsync(unit.CancellationToken);
        unit.SweepChanged(sweep.Id);
        return [.. runs.Select(run => Prepare(run, sweep))];
    }

    private static OutgoingTicket Prepare(Run run, Sweep sweep)
    {
        run.State = run.State.After(RunCause.Dispatched) ?? run.State;
        Activity? activity = RunTrace.Start(run, sweep);
        run.TraceParent ??= activity?.Id;
        return new OutgoingTicket(new RunTicket(run.SweepId, run.Id, sweep.Priority, new EpochRange(0, run.Epochs)), activity);
    }
}
