using Experiments.Contracts;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>Makes waiting runs Queued, and keeps one ticket in the queue for each claimable run.</summary>
public sealed class TicketDispatcher(
    StateWriter writer,
    TicketQueue queue,
    WorkerTable workers,
    SpaceBudget space,
    IBus bus,
    IMessageBusInfo busInfo,
    TimeProvider time,
    ILogger<TicketDispatcher> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool _isStarted;

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
                logger.LogError(exception, "Sending tickets failed; retrying in {Interval}", Interval);
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <summary>Sends all missing tickets.</summary>
    internal async Task SendDueAsync(CancellationToken cancellationToken)
    {
        // Without disk space claims would be refused, and tickets consumed, repeatedly.
        while (space.FindShortage() is null && await SendBatchAsync(cancellationToken))
        {
        }
    }

    /// <summary>Waits until more runs may be waiting, or a second has passed.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task wanted = queue.WaitAsync(timeout.Token);
        await Task.WhenAny(wanted, Task.Delay(Interval, time, timeout.Token));
        await timeout.CancelAsync();
        await wanted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Whether more tickets may be missing.</returns>
    private async Task<bool> SendBatchAsync(CancellationToken cancellationToken)
    {
        (int queued, List<OutgoingTicket> tickets) = await writer.WriteAsync(PrepareAsync, cancellationToken);
        if (tickets.Count > 0)
        {
            await SendAsync(tickets, cancellationToken);
        }

        return queued == BatchSize || tickets.Count == BatchSize;
    }

    private async Task SendAsync(List<OutgoingTicket> tickets, CancellationToken cancellationToken)
    {
        queue.Sending(tickets.Count);
        try
        {
            ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunTickets));
            await Task.WhenAll(tickets.Select(ticket => ticket.SendAsync(endpoint, cancellationToken)));
        }
        catch
        {
            queue.NotSent(tickets.Count);
            throw;
        }

        logger.LogDebug("{Count} tickets sent", tickets.Count);
    }

    /// <summary>Makes runs Queued, and prepares a batch of missing tickets, of one or more sweeps.</summary>
    /// <returns>The number of runs that became Queued, and the tickets.</returns>
    private async Task<(int Queued, List<OutgoingTicket> Tickets)> PrepareAsync(StateWrite unit)
    {
        List<SweepDemand> demands = await SweepDemand.ReadAsync(unit.Db, unit.CancellationToken);
        int missing = Math.Min(BatchSize, demands.Sum(demand => demand.Claimable) - CountTickets(demands));
        int queued = 0;
        var tickets = new List<OutgoingTicket>();
        foreach (SweepDemand demand in demands)
        {
            List<Run> runs = await demand.PendingAsync(unit, BatchSize - queued);
            runs.ForEach(run => run.State = run.State.After(RunCause.Dispatched) ?? run.State);
            queued += runs.Count;
            runs.AddRange(await demand.QueuedAsync(unit, missing - tickets.Count - runs.Count));
            tickets.AddRange(runs.Take(missing - tickets.Count).Select(run => OutgoingTicket.Of(run, demand.Sweep)));
        }

        return (queued, tickets);
    }

    private int CountTickets(List<SweepDemand> demands)
    {
        if (!_isStarted)
        {
            _isStarted = true;

            // With a durable broker tickets survive this process. Perhaps none of the last batch was sent before it ended.
            queue.Sending(busInfo.IsDurable ? Math.Max(0, demands.Sum(demand => demand.Queued) - BatchSize) : 0);
        }

        if (demands.Exists(demand => demand.Claimable > 0) && workers.CountIdleFor(TicketQueue.IdleTimeout) > 0 && queue.GiveUpLost() is > 0 and int lost)
        {
            logger.LogWarning("Runs wait although a worker is idle: {Count} tickets seem lost, and new ones are sent", lost);
        }

        return queue.Count;
    }
}
