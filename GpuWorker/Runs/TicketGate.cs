using System.Threading.Channels;
using Experiments.Contracts;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>
/// Decides whether this worker consumes the queue of tickets: not while it trains a long run, nor while it is draining or set aside,
/// so that each ticket goes to a worker that is free. A ticket that is delivered while the worker leaves the queue returns to it: the
/// endpoint that stops gives it up, or <see cref="RunTicketConsumer"/> puts it back.
/// </summary>
public sealed class TicketGate(IReceiveEndpointConnector connector, TimeProvider time, ILogger<TicketGate> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private HostReceiveEndpointHandle? _endpoint;
    private Task _leaving = Task.CompletedTask;
    private Task _longRun = Task.CompletedTask;
    private bool _admitted = true;
    private bool _closed;

    /// <summary>True once tickets reach this worker.</summary>
    internal bool IsInQueue
    {
        get
        {
            lock (_gate)
            {
                return _endpoint?.Ready.IsCompletedSuccessfully == true;
            }
        }
    }

    /// <summary>Sets whether the Orchestrator lets this worker take runs.</summary>
    public void Admit(bool admitted)
    {
        lock (_gate)
        {
            if (_admitted == admitted)
            {
                return;
            }

            _admitted = admitted;
            if (!admitted)
            {
                BeginLeaving();
            }
        }

        logger.LogInformation("This worker {Admission}", admitted ? "takes runs" : "takes no new runs");
        _changes.Writer.TryWrite(true);
    }

    /// <summary>Leaves the queue permanently: the worker is shutting down.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            BeginLeaving();
        }
    }

    /// <summary>Leaves the queue until <paramref name="run"/> has ended.</summary>
    public void CloseForLongRun(Task run)
    {
        lock (_gate)
        {
            _longRun = Task.WhenAll(_longRun, run);
            BeginLeaving();
        }

        _changes.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _changes.Writer.TryWrite(true);
        while (await _changes.Reader.WaitToReadAsync(stoppingToken))
        {
            _changes.Reader.TryRead(out _);
            try
            {
                await JoinWhenFreeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Joining or leaving the queue of tickets failed; trying again");
                await Task.Delay(Pause, time, stoppingToken);
                _changes.Writer.TryWrite(true);
            }
        }
    }

    private async Task JoinWhenFreeAsync(CancellationToken cancellationToken)
    {
        (Task leaving, Task longRun) = Occupations();
        await leaving.WaitAsync(cancellationToken);
        await longRun.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_admitted && !_closed && _endpoint is null && _longRun.IsCompleted && _leaving.IsCompleted)
            {
                _endpoint = connector.ConnectReceiveEndpoint(QueueNames.RunTickets, Configure);
            }
        }
    }

    private (Task Leaving, Task LongRun) Occupations()
    {
        lock (_gate)
        {
            return (_leaving, _longRun);
        }
    }

    /// <summary>Leaving ends only after the calling consumer has returned, so it is awaited later, by <see cref="JoinWhenFreeAsync"/>.</summary>
    private void BeginLeaving()
    {
        if (_endpoint is { } endpoint)
        {
            _endpoint = null;
            _leaving = LeaveAsync(endpoint);
        }
    }

    /// <summary>Never faults: the worker could not join the queue again after that.</summary>
    private async Task LeaveAsync(HostReceiveEndpointHandle endpoint)
    {
        try
        {
            await endpoint.StopAsync();
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Leaving the queue of tickets failed; a ticket that still arrives is returned to the queue");
        }
    }

    private static void Configure(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.UseDurableQuorumQueue();
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = 1;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.ConfigureConsumer<RunTicketConsumer>(context);
    }
}
