using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Converts a ticket into a claim, and a granted claim into an attempt. The ticket is acknowledged when the run ends or after
/// a short time, never held for the length of a training: the run is then protected by its lease alone.
/// </summary>
internal sealed class RunTicketConsumer(
    AttemptSlot slot,
    AttemptRunner runner,
    RunClaimer claimer,
    TicketGate gate,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<RunTicketConsumer> logger)
    : IConsumer<RunTicket>
{
    public async Task Consume(ConsumeContext<RunTicket> context)
    {
        if (!slot.IsFree)
        {
            // Delivered while the gate was closing: another worker may be free.
            await PutBackAsync(context);
            return;
        }

        RunClaimed? claim = await claimer.ClaimAsync(context.Message, context.CancellationToken);
        if (claim is null)
        {
            return;
        }

        Task? ended = runner.Start(claim);
        if (ended is null)
        {
            logger.LogWarning(
                "Run {RunId} of sweep {SweepId} was claimed while the worker shuts down; its lease will expire", claim.RunId, claim.SweepId);
        }
        else if (!await EndsWithinAsync(ended, TimeSpan.FromSeconds(options.Value.TicketHoldSeconds)))
        {
            gate.CloseForLongRun(ended);
        }
    }

    private static async Task PutBackAsync(ConsumeContext<RunTicket> context)
    {
        ISendEndpoint tickets = await context.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunTickets));
        await tickets.Send(context.Message, context.CancellationToken);
    }

    private async Task<bool> EndsWithinAsync(Task ended, TimeSpan limit)
    {
        try
        {
            await ended.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
