using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults;

/// <summary>The bus of this process.</summary>
public interface IMessageBusInfo
{
    /// <summary>True when messages survive the end of this process (RabbitMQ); false when they do not (in memory).</summary>
    bool IsDurable { get; }
}

/// <summary>The one registration of the bus: MassTransit allows only one in a container.</summary>
public static class MessageBus
{
    /// <summary>The health check of the bus when it is RabbitMQ.</summary>
    public const string RabbitMqHealthCheck = "rabbitmq";

    /// <summary>The health check of the bus when it is in memory.</summary>
    public const string InMemoryHealthCheck = "in-memory-bus";

    /// <summary>An unreachable broker must not keep a service from stopping.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds the bus: RabbitMQ when <c>ConnectionStrings:rabbitmq</c> is set, else in memory. A broker that cannot be
    /// reached does not stop the service: the log and the health check report it, and the connection is retried.
    /// </summary>
    /// <param name="configure">Adds consumers; each service exposes its own as an extension of the configurator.</param>
    /// <exception cref="InvalidOperationException">The bus was added before.</exception>
    /// <exception cref="ServiceConfigurationException">The connection string is not an amqp address; thrown when the host starts.</exception>
    public static void AddMessageBus(this IHostApplicationBuilder builder, Action<IBusRegistrationConfigurator> configure)
    {
        if (!builder.Services.MarkAdded("MessageBus"))
        {
            throw new InvalidOperationException("AddMessageBus was called twice; pass all consumers to one call.");
        }

        string? connectionString = builder.Configuration.GetConnectionString(ResourceNames.RabbitMq);
        bool isDurable = !string.IsNullOrWhiteSpace(connectionString);
        builder.Services.AddSingleton<IMessageBusInfo>(new MessageBusInfo(isDurable));
        if (isDurable)
        {
            var state = new BrokerState();
            state.QuietMassTransitWhileDown(builder);
            builder.Services.AddSingleton(state);
            builder.Services.TryAddSingleton(TimeProvider.System);
        }

        builder.Services.Configure<MassTransitHostOptions>(options => options.StopTimeout = LongestStop);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(options => options.Name = isDurable ? RabbitMqHealthCheck : InMemoryHealthCheck);
            configure(bus);
            if (isDurable)
            {
                bus.UseRabbitMq(connectionString!.Trim(), WorkerToken.Find(builder.Configuration));
            }
            else
            {
                bus.UsingInMemory(ConfigureInMemory);
            }
        });
    }

    private static void ConfigureInMemory(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(MessageJson.Extend);
        bus.ConfigureEndpoints(context);
    }

    private sealed record MessageBusInfo(bool IsDurable) : IMessageBusInfo;
}
