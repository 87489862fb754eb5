using MassTransit;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Sends messages that must not be lost.</summary>
public static class ReliableSending
{
    /// <summary>
    /// Returns once the message is in a queue. A broker that lost its data has exchanges without queues for a moment; it would confirm and discard
    /// the message. Here that fails, and the caller retries.
    /// </summary>
    /// <exception cref="Exception">The message is in no queue; the kind is the transport's own.</exception>
    public static Task SendToQueueAsync(this ISendEndpoint endpoint, object message, CancellationToken cancellationToken) =>
        endpoint.Send(message, Pipe.Execute<SendContext>(RequireQueue), cancellationToken);

    /// <summary>In memory no queue is ever lost.</summary>
    private static void RequireQueue(SendContext context)
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbitMq))
        {
            rabbitMq.Mandatory = true;
        }
    }
}
