using System.Threading.Channels;
using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.Orchestrator.Runs;

/// <summary>
/// Tells workers at once that an attempt should stop. Only a favour: the next heartbeat says the same, so that nothing
/// has to wait for the broker here, and the oldest notices may be dropped.
/// </summary>
public sealed class StopNotices(IBus bus, ILogger<StopNotices> logger) : BackgroundService
{
    private readonly Channel<StopAttempt> _notices = Channel.CreateBounded<StopAttempt>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Send(Lease lease) => _notices.Writer.TryWrite(new StopAttempt(lease.RunId, lease.Attempt, lease.Directive));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (StopAttempt notice in _notices.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await bus.Publish(notice, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "Run {RunId} learns only from its heartbeat that attempt {Attempt} should stop", notice.RunId, notice.Attempt);
            }
        }
    }
}
