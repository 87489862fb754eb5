using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Settings;
using Microsoft.Extensions.Options;

namespace Experiments.GpuWorker.Runs;

/// <summary>On shutdown, makes the running attempt save its checkpoint and hand its run back before the bus stops.</summary>
public sealed class OrderlyShutdown(
    AttemptSlot slot, TicketGate gate, IOptions<WorkerOptions> options, TimeProvider time, ILogger<OrderlyShutdown> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // First, so that the end of the attempt does not bring the next ticket.
        gate.Close();
        if (slot.Close() is not { } attempt)
        {
            return;
        }

        logger.LogInformation("Handing back run {RunId}, attempt {Attempt}", attempt.Claim.RunId, attempt.Claim.Attempt);
        try
        {
            await attempt.Completion.WaitAsync(TimeSpan.FromSeconds(options.Value.ShutdownSeconds), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("Run {RunId} could not be handed back in time; its lease will expire", attempt.Claim.RunId);
            attempt.Apply(AttemptDirective.Abandon);
        }
    }
}
