using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Notices;

/// <summary>
/// Notifies workers immediately that an attempt should stop. This is best effort: the next heartbeat says the same, so no caller waits for the broker, and
/// the oldest notices may be dropped.
/// </summary>
public sealed class StopNotices(IBus bus, ILogger<StopNotices> logger) : BackgroundService
{
    private readonly Channel<StopAttempt> _notices = Channel.CreateBounded<StopAttempt>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Send(Lease lease) => _notices.Writer.TryWrite(new StopAttempt(lease.RunId, lease.Attempt, lease.Directive));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _notices.Reader.WaitToReadAsync(stoppingToken))
        {
            await SendWaitingAsync(stoppingToken);
        }
    }

    /// <summary>Sends the queued notices.</summary>
    internal async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        while (_notices.Reader.TryRead(out StopAttempt? notice))
        {
            try
            {
                await bus.Publish(notice, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Could not notify the worker that attempt {Attempt} of run {RunId} should stop; its next heartbeat will", notice.Attempt, notice.RunId);
            }
        }
    }
}
