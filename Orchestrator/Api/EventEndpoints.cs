using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;

namespace Experiments.Orchestrator.Api;

internal static class EventEndpoints
{
    /// <summary>So often something is sent even if nothing changed, so that both ends notice a broken connection.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    public static void MapEvents(this RouteGroupBuilder api) => api
        .MapGet("/events", StreamAsync)
        .WithTags("Events")
        .WithSummary("Server-sent events: what has changed and is worth reading again")
        .Produces<ChangeEvent>(contentType: "text/event-stream");

    // Written by hand: TypedResults.ServerSentEvents cannot write the comments that serve as heartbeats.
    private static async Task StreamAsync(
        HttpContext context, ChangeBroadcaster feed, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        try
        {
            await WriteAsync(context.Response, feed, time, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The listener has gone, or the service is stopping: the usual end of a stream.
        }
    }

    private static async Task WriteAsync(HttpResponse response, ChangeBroadcaster feed, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<IReadOnlyList<ChangeEvent>> changes = feed.SubscribeAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Task<bool> next = changes.MoveNextAsync().AsTask();
        try
        {
            await response.WriteAsync(": connected\n\n", cancellationToken);
            while (true)
            {
                await response.Body.FlushAsync(cancellationToken);
                if (!await IsEndedWithinAsync(next, HeartbeatInterval, time, cancellationToken))
                {
                    await response.WriteAsync(": heartbeat\n\n", cancellationToken);
                    continue;
                }

                await next;
                foreach (ChangeEvent change in changes.Current)
                {
                    await response.WriteAsync($"data: {JsonSerializer.Serialize(change, ContractJson.Options)}\n\n", cancellationToken);
                }

                next = changes.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A sequence must not be disposed while somebody waits for its next element.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> IsEndedWithinAsync(Task task, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool isEnded = await Task.WhenAny(task, Task.Delay(limit, time, over.Token)) == task;
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return isEnded;
    }
}
