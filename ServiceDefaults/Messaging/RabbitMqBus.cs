using System.Security.Authentication;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Access;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>The bus over RabbitMQ.</summary>
internal static class RabbitMqBus
{
    /// <param name="token">Sent with every message; null for none.</param>
    public static void UseRabbitMq(this IBusRegistrationConfigurator registration, string connectionString, string? token)
    {
        registration.AddHostedService(services =>
        {
            (string host, int port) = RabbitMqAddress.EndpointOf(connectionString);
            Func<CancellationToken, Task<bool>> answersAsync = new BrokerProbe(host, port).AnswersAsync;
            return ActivatorUtilities.CreateInstance<BrokerWatch>(services, RabbitMqAddress.Describe(connectionString), answersAsync);
        });
        registration.UsingRabbitMq((context, bus) =>
        {
            Uri address = RabbitMqAddress.Parse(connectionString);
            bus.Host(address, host =>
            {
                host.PublisherConfirmation = true;
                UseTls(host, address);
            });
            bus.ConfigureJsonSerializerOptions(MessageJson.Extend);
            bus.SendToken(token);
            DeclareTicketQueue(bus);
            bus.ConfigureEndpoints(context);
        });
    }

    /// <summary>MassTransit would use TLS only on the default port of amqps. The server's certificate has to be one that this machine trusts.</summary>
    private static void UseTls(IRabbitMqHostConfigurator host, Uri address)
    {
        if (address.Scheme == RabbitMqAddress.TlsScheme)
        {
            host.UseSsl(tls =>
            {
                tls.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
                tls.ServerName = address.Host;
            });
        }
    }

    /// <summary>
    /// Declares the queue of tickets, since they may be sent before the first worker has declared it: without the queue the broker
    /// would confirm them and discard them.
    /// </summary>
    private static void DeclareTicketQueue(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.DeployPublishTopology = true;
        bus.Publish<RunTicket>(topology => topology.BindQueue(QueueNames.RunTickets, QueueNames.RunTickets, queue =>
        {
            queue.Durable = true;
            queue.SetQueueArgument(DurableQueues.TypeArgument, DurableQueues.Quorum);
        }));
    }
}
