using System.Diagnostics;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>
/// Sends a ticket for every run that should have one. Runs become Queued first and are marked as sent last: after a
/// crash in between a ticket may be sent twice, which costs a refused claim, but never not at all.
/// </summary>
public sealed class TicketDispatcher(
    StateWriter writer,
    TicketSignal signal,
    TicketRecovery recovery,
    SpaceBudget space,
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
                await SendDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Sending tickets failed; trying again in {Interval}", Interval);
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Sends all tickets that are missing now.</summary>
    internal async Task SendDueAsync(CancellationToken cancellationToken)
    {
        await recovery.ForgetLostTicketsAsync(cancellationToken);

        // Without room claims would be refused, and tickets used up, over and over.
        while (space.FindShortage() is null && await DispatchAsync(cancellationToken) == BatchSize)
        {
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

    /// <summary>The tickets of one round, from as many sweeps as it takes.</summary>
    private static async Task<List<OutgoingTicket>> PrepareAsync(StateWrite unit)
    {
        StateContext db = unit.Db;
        List<Sweep> sweeps = await db.Sweeps
            .Where(s => s.Status == SweepStatus.Running && db.Runs.Any(r =>
                r.SweepId == s.Id && r.TicketSentAt == null && r.WaitsFor == null && (r.Status == RunStatus.Pending || r.Status == RunStatus.Queued)))
            .OrderByDescending(s => s.Priority).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id)
            .ToListAsync(unit.CancellationToken);
        var tickets = new List<OutgoingTicket>();
        foreach (Sweep sweep in sweeps)
        {
            int places = Math.Min(BatchSize - tickets.Count, await FreePlacesAsync(unit, sweep));
            if (places > 0)
            {
                tickets.AddRange(await PrepareAsync(unit, sweep, places));
            }
        }

        return tickets;
    }

    private static async Task<IEnumerable<OutgoingTicket>> PrepareAsync(StateWrite unit, Sweep sweep, int most)
    {
        List<Run> runs = await unit.Db.Runs
            .Where(r => r.SweepId == sweep.Id && r.TicketSentAt == null && r.WaitsFor == null && (r.Status == RunStatus.Pending || r.Status == RunStatus.Queued))
            .OrderBy(r => r.Cell)
            .Take(most)
            .ToListAsync(unit.CancellationToken);
        unit.SweepChanged(sweep.Id);
        return runs.Select(run => Prepare(run, sweep)).ToList();
    }

    /// <summary>
    /// How many more tickets may go out: where a sweep is limited, a ticket beyond its limit would be refused, asked for again and
    /// sent again, without end.
    /// </summary>
    private static async Task<int> FreePlacesAsync(StateWrite unit, Sweep sweep)
    {
        if (sweep.MaxConcurrency is not { } most)
        {
            return int.MaxValue;
        }

        int taken = await unit.Db.Runs.CountAsync(
            r => r.SweepId == sweep.Id && (r.Status == RunStatus.Running || (r.Status == RunStatus.Queued && r.TicketSentAt != null)),
            unit.CancellationToken);
        return Math.Max(0, most - taken);
    }

    private static OutgoingTicket Prepare(Run run, Sweep sweep)
    {
        run.State = run.State.After(RunCause.Dispatched) ?? run.State;
        Activity? activity = RunTrace.Start(run, sweep);
        run.TraceParent ??= activity?.Id;
        return new OutgoingTicket(new RunTicket(run.SweepId, run.Id, sweep.Priority, new EpochRange(0, run.Epochs)), activity);
    }
}
