using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Expiry;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>
/// The broker and its network. Requests, replies and notices may be lost. Confirmed messages are not lost, but may arrive late, twice or in another
/// order. A wipe loses all queued messages.
/// </summary>
internal sealed class SimulatedBroker(EventLoop loop, Luck luck, Action<string>? trace)
{
    /// <summary>How long a request waits to be handled.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(0.5);

    private readonly List<RunTicket> _tickets = [];
    private readonly List<object> _events = [];
    private int _wipes;

    public bool IsUp { get; set; } = true;

    public bool HasEvents => _events.Count > 0;

    /// <summary>Sends to a queue.</summary>
    /// <returns>Completes with the confirmation. A sender that dies before does not know whether the message is in the queue.</returns>
    public Task SendTicketAsync(RunTicket ticket) => ConfirmAsync(() => _tickets.Add(ticket));

    /// <inheritdoc cref="SendTicketAsync"/>
    public Task SendEventAsync(object @event) => ConfirmAsync(() => _events.Add(@event));

    /// <summary>Delivers a ticket again, to another worker, when its consumer died before acknowledging it.</summary>
    public void PutBack(RunTicket ticket) => _tickets.Add(ticket);

    public RunTicket? TakeTicket()
    {
        if (!IsUp || _tickets.Count == 0)
        {
            return null;
        }

        RunTicket ticket = _tickets[Position(_tickets.Count)];
        if (!luck.Happens(luck.Doubles))
        {
            _tickets.Remove(ticket);
        }

        return ticket;
    }

    /// <summary>The next event to handle; it stays until it is acknowledged.</summary>
    public object? PeekEvent()
    {
        if (!IsUp || _events.Count == 0)
        {
            return null;
        }

        object next = _events[Position(_events.Count)];

        // A mark overtakes nothing: redelivered messages come before those not delivered yet.
        return next is ReportMark ? _events[0] : next;
    }

    public void AcknowledgeEvent(object @event)
    {
        if (!luck.Happens(luck.Doubles))
        {
            _events.Remove(@event);
        }
    }

    /// <summary>Sends a request to the Orchestrator.</summary>
    /// <param name="serveAsync">Answers; null when the Orchestrator is not running, or ended before it could answer.</param>
    /// <returns>Null when no answer came in time.</returns>
    public async Task<object?> RequestAsync(Func<Task<object?>> serveAsync, Func<bool> canServe, TimeSpan patience)
    {
        var reply = new TaskCompletionSource<object?>();
        loop.After(patience, () => reply.TrySetResult(null));
        for (int copies = luck.Happens(luck.Doubles) ? 2 : 1; copies > 0; copies--)
        {
            loop.Start(() => CarryAsync(serveAsync, canServe, reply));
        }

        return await reply.Task;
    }

    /// <summary>Deletes all queues and their messages.</summary>
    public void Wipe()
    {
        trace?.Invoke($"the broker loses {_tickets.Count} tickets and {_events.Count} events");
        _wipes++;
        _tickets.Clear();
        _events.Clear();
    }

    private async Task CarryAsync(Func<Task<object?>> serveAsync, Func<bool> canServe, TaskCompletionSource<object?> reply)
    {
        TimeSpan expiry = loop.Now + RequestTimeout;
        int wipes = _wipes;
        if (luck.Happens(luck.LosesRequest))
        {
            return;
        }

        await loop.DelayAsync(luck.Latency());
        while (!IsUp || !canServe())
        {
            await loop.DelayAsync(Retry);
        }

        if (wipes != _wipes || loop.Now > expiry)
        {
            return;
        }

        object? answer = await serveAsync();
        await loop.DelayAsync(luck.Latency());
        if (answer is not null && IsUp && !luck.Happens(luck.LosesReply))
        {
            reply.TrySetResult(answer);
        }
    }

    private async Task ConfirmAsync(Action store)
    {
        do
        {
            await loop.DelayAsync(luck.Latency());
        }
        while (!IsUp);
        store();
        await loop.DelayAsync(luck.Latency());
    }

    private int Position(int count) => luck.Happens(luck.Reorders) ? luck.Next(Math.Min(count, 4)) : 0;
}
