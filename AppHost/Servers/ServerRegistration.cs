using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Servers;

/// <summary>Adds the two servers from their planned sources.</summary>
internal static class ServerRegistration
{
    /// <summary>The default name contains a hash of the repository's path.</summary>
    private const string PublishedVolume = "experiments-redis";

    /// <summary>RabbitMQ. A container has no data volume: the Orchestrator resends what a broker lost.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddBroker(
        this IDistributedApplicationBuilder builder, ServerSource source, AppHostSettings settings) => source switch
        {
            ServerSource.Given => builder.AddConnectionString(Names.RabbitMq),
            ServerSource.Local => builder.AddLocalRabbitMq(settings),
            _ => builder.AddRabbitMQ(Names.RabbitMq).WithManagementPlugin()
                .WithUrlForEndpoint("management", url => url.DisplayText = "RabbitMQ management"),
        };

    /// <summary>Redis.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddMetricServer(
        this IDistributedApplicationBuilder builder, ServerSource source, AppHostSettings settings) => source switch
        {
            ServerSource.Given => builder.AddConnectionString(Names.Redis),
            ServerSource.Local => builder.AddLocalRedis(settings),
            _ => builder.AddRedis(Names.Redis)
                .WithDataVolume(builder.ExecutionContext.IsPublishMode ? PublishedVolume : null)
                .WithPersistence(TimeSpan.FromSeconds(10), keysChangedThreshold: 100),
        };
}
