using MassTransit;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>Queues whose messages must not be lost.</summary>
public static class DurableQueues
{
    internal const string TypeArgument = "x-queue-type";
    internal const string Quorum = "quorum";

    /// <summary>Makes the endpoint's queue a durable quorum queue on RabbitMQ; changes nothing in memory.</summary>
    public static void UseDurableQuorumQueue(this IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbitMq)
        {
            rabbitMq.Durable = true;
            rabbitMq.AutoDelete = false;
            rabbitMq.SetQueueArgument(TypeArgument, Quorum);
        }
    }
}
