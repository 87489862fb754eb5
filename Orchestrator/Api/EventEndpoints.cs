using System.Runtime.CompilerServices;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

internal static class EventEndpoints
{
    /// <summary>A comment is sent when nothing has changed for this long, so that both ends notice a broken connection.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    public static void MapEvents(this RouteGroupBuilder api) => api
        .MapGet("/events", Stream)
        .WithTags("Events")
        .WithName("StreamEvents")
        .WithSummary("Server-sent events: what has changed")
        .WithDescription("The data of each event is a `ChangeEvent` as JSON. A comment is sent at the start and every 15 seconds without an event.")
        .Produces<ChangeEvent>(contentType: "text/event-stream");

    private static ServerSentEventsResult<string> Stream(HttpResponse response, ChangeBroadcaster feed, TimeProvider time, IHostApplicationLifetime lifetime) =>
        TypedResults.ServerSentEvents(ReadAsync(response, feed, time, lifetime.ApplicationStopping, response.HttpContext.RequestAborted));

    /// <summary>Ends without an exception when the client disconnects or the service stops: both are the usual end of a stream.</summary>
    private static async IAsyncEnumerable<string> ReadAsync(
        HttpResponse response, ChangeBroadcaster feed, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await using IAsyncEnumerator<IReadOnlyList<ChangeEvent>> changes = feed.SubscribeAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool> next = changes.MoveNextAsync().AsTask();
        try
        {
            await WriteCommentAsync(response, "connected");
            while (await WaitAsync(next, response, time, stop.Token))
            {
                foreach (ChangeEvent change in changes.Current)
                {
                    yield return JsonSerializer.Serialize(change, ContractJson.Options);
                }

                next = changes.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A sequence must not be disposed while its next element is awaited.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends heartbeats while waiting for the next changes.</summary>
    /// <returns>False when there are none: the stream ends.</returns>
    private static async Task<bool> WaitAsync(Task<bool> next, HttpResponse response, TimeProvider time, CancellationToken stop)
    {
        while (!next.IsCompleted && !stop.IsCancellationRequested)
        {
            await ((Task)next).WaitAsync(HeartbeatInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!next.IsCompleted && !stop.IsCancellationRequested)
            {
                await WriteCommentAsync(response, "heartbeat");
            }
        }

        return !stop.IsCancellationRequested && await next;
    }

    /// <summary>The framework cannot write comments. It writes nothing meanwhile: it waits for the next event.</summary>
    private static async Task WriteCommentAsync(HttpResponse response, string text)
    {
        await response.WriteAsync($": {text}\n\n", response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }
}
