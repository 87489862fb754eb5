using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults.Http;

namespace Experiments.Dashboard.Live;

/// <summary>
/// The one connection of this process to the Orchestrator's stream of changes, shared by all open pages. After a
/// lost connection, changes may have been missed, so subscribers must reload everything.
/// </summary>
public sealed class ChangeListener(
    IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ChangeListener> logger, OpenSessions? sessions = null)
    : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>The Orchestrator sends a heartbeat every 15 s. The parser skips it, but it counts as activity of the connection.</summary>
    private static readonly TimeSpan LongestInactivity = TimeSpan.FromSeconds(45);

    private readonly ConcurrentDictionary<Guid, Action<ChangeEvent?>> _subscribers = new();

    /// <summary>Null until the first attempt to connect succeeded or failed.</summary>
    public bool? IsConnected { get; private set; }

    /// <summary>
    /// Calls <paramref name="handler"/> for every change, and with null when the connection was established or lost, after which anything
    /// may have changed. The handler must return quickly and may be called on any thread.
    /// </summary>
    public IDisposable Subscribe(Action<ChangeEvent?> handler)
    {
        var id = Guid.NewGuid();
        _subscribers[id] = handler;
        return new Subscription(() => _subscribers.TryRemove(id, out _));
    }

    /// <summary>Passes a change on to all subscribers; an exception in one does not affect the others.</summary>
    internal void Publish(ChangeEvent? change)
    {
        foreach (Action<ChangeEvent?> handler in _subscribers.Values)
        {
            try
            {
                handler(change);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A page failed to take note of a change");
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In Standalone the API is in this process and answers only after startup.
        await lifetime.ApplicationStarted.WaitAsync(stoppingToken);
        TimeSpan pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(() => pause = ShortestPause, stoppingToken);
                logger.LogInformation("The Orchestrator closed the stream of changes; opening it again");
            }
            catch (Exception exception) when (exception is OrchestratorException or IOException or HttpRequestException)
            {
                Log(exception);
            }

            SetConnected(false);
            await Task.Delay(pause, clock, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ReadAsync(Action connected, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        Session? user = sessions is null ? null : await sessions.AnyAsync(cancellationToken);
        if (user?.Token is { } token)
        {
            Session reader = scope.ServiceProvider.GetRequiredService<Session>();
            reader.Begin(token);
            reader.Ended += user.End;
        }

        using HttpResponseMessage response = await scope.ServiceProvider.GetRequiredService<OrchestratorClient>().OpenEventsAsync(cancellationToken);
        using var inactivity = new InactivityTimeout(LongestInactivity, clock, cancellationToken);
        await using var stream = new ConnectionStream(await response.Content.ReadAsStreamAsync(cancellationToken), inactivity);
        connected();
        SetConnected(true);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (TryParse(item.Data) is { } change)
            {
                Publish(change);
            }
        }
    }

    private ChangeEvent? TryParse(string data)
    {
        try
        {
            return JsonSerializer.Deserialize<ChangeEvent>(data, ContractJson.Options);
        }
        catch (JsonException exception)
        {
            logger.LogWarning(exception, "Not a change event: {Data}", data);
            return null;
        }
    }

    private void SetConnected(bool connected)
    {
        if (IsConnected != connected)
        {
            IsConnected = connected;
            Publish(null);
        }
    }

    /// <summary>Once per outage, not once per attempt.</summary>
    private void Log(Exception exception)
    {
        if (IsConnected != false && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            logger.LogWarning("No stream of changes from the Orchestrator: {Problem} Trying again until it comes", exception.Message);
        }
    }
}
