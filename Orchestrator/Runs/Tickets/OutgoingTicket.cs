using System.Diagnostics;
using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>A ticket, and the activity that it is sent in.</summary>
internal sealed record OutgoingTicket(RunTicket Ticket, Activity? Activity)
{
    public async Task SendAsync(ISendEndpoint queue, CancellationToken cancellationToken)
    {
        using Activity? activity = Activity;
        Activity.Current = activity;

        // RabbitMQ's quorum queues know two priorities at most, in memory there are none; the claim sorts anyway.
        await queue.Send(Ticket, context => context.TrySetPriority((byte)Ticket.Priority), cancellationToken);
    }
}
