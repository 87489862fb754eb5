using System.Diagnostics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Tickets;

/// <summary>A ticket, and the activity that it is sent in.</summary>
internal sealed record OutgoingTicket(RunTicket Ticket, Activity? Activity)
{
    /// <summary>A ticket that names a run. Logs and traces show that run; a claim with it may lead to any other.</summary>
    public static OutgoingTicket Of(Run run, Sweep sweep)
    {
        Activity? activity = RunTrace.Start(run, sweep);
        run.TraceParent ??= activity?.Id;
        return new OutgoingTicket(new RunTicket(run.SweepId, run.Id, sweep.Priority, new EpochRange(0, run.Epochs)), activity);
    }

    public async Task SendAsync(ISendEndpoint queue, CancellationToken cancellationToken)
    {
        using Activity? activity = Activity;
        Activity.Current = activity;

        // RabbitMQ's quorum queues know two priorities at most, in memory there are none; the claim sorts anyway.
        await queue.Send(Ticket, context => context.TrySetPriority((byte)Ticket.Priority), cancellationToken);
    }
}
