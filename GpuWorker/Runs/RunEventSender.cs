using System.Threading.Channels;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Sends what attempts report to the Orchestrator, in order, each until the broker has confirmed it.</summary>
public sealed class RunEventSender(IBus bus, TimeProvider time, ILogger<RunEventSender> logger) : BackgroundService
{
    /// <summary>More epochs than any worker finishes while a broker is away.</summary>
    private const int Capacity = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<object> _events = Channel.CreateBounded<object>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _giveUp = new();

    public void Enqueue(EpochFinished @event) => Add(@event);

    public void Enqueue(AttemptEnded @event) => Add(@event);

    /// <summary>Sends what is left, as long as <paramref name="cancellationToken"/> allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _events.Writer.TryComplete();
        await using CancellationTokenRegistration registration = cancellationToken.Register(_giveUp.Cancel);
        if (ExecuteTask is { } sending)
        {
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (object @event in _events.Reader.ReadAllAsync(_giveUp.Token))
        {
            await SendAsync(@event, _giveUp.Token);
        }
    }

    private void Add(object @event)
    {
        if (!_events.Writer.TryWrite(@event))
        {
            // Not a failure of the training: its lease will run out, and the next attempt tells what is missing.
            logger.LogError("{Capacity} reports wait for the broker, or the worker shuts down; this one cannot be kept: {Event}", Capacity, @event);
        }
    }

    private async Task SendAsync(object @event, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                ISendEndpoint endpoint = await bus.GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunEvents));
                await endpoint.Send(@event, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning(exception, "A report could not be sent and is kept: {Event}", @event);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
