using MassTransit;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Sends what must arrive.</summary>
public static class ReliableSending
{
    /// <summary>
    /// Returns once the message is in a queue. The broker would also confirm, and throw away, what goes to an exchange without a queue, as it has
    /// for a moment after it lost its data: then this fails, and the caller sends again.
    /// </summary>
    /// <exception cref="Exception">The message is in no queue; the kind is the transport's own.</exception>
    public static Task SendToQueueAsync(this ISendEndpoint endpoint, object message, CancellationToken cancellationToken) =>
        endpoint.Send(message, Pipe.Execute<SendContext>(RequireQueue), cancellationToken);

    /// <summary>In memory no queue gets lost.</summary>
    private static void RequireQueue(SendContext context)
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbitMq))
        {
            rabbitMq.Mandatory = true;
        }
    }
}
