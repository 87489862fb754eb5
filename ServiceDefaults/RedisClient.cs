using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults;

/// <summary>
/// The connection to Redis: Aspire.StackExchange.Redis with its settings (section <c>Aspire:StackExchange:Redis</c>), and a log and a health check that
/// report an outage once and immediately (docs/decisions, "Redis by Aspire's package").
/// </summary>
public static class RedisClient
{
    /// <summary>The name of the check in the package, which this one replaces.</summary>
    public const string HealthCheck = "StackExchange.Redis";

    /// <summary>
    /// Adds <see cref="IConnectionMultiplexer"/> as a singleton with a health check. An unreachable server is logged, and
    /// the connection is retried. Idempotent for the same connection.
    /// </summary>
    /// <param name="connectionName">The name of the connection string, and of its section of settings.</param>
    public static void AddRedis(this IHostApplicationBuilder builder, string connectionName)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (!builder.Services.MarkAdded($"Redis:{connectionName}"))
        {
            return;
        }

        bool hasHealthCheck = false;
        builder.AddRedisClient(
            connectionName,
            settings =>
            {
                hasHealthCheck = !settings.DisableHealthChecks;
                settings.DisableHealthChecks = true;

                // A span for each of many commands a second; points are counted by metrics.
                settings.DisableTracing = true;
            },
            options => options.LoggerFactory = NullLoggerFactory.Instance);
        ReportOutages(builder.Services, connectionName);
        if (hasHealthCheck)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheck, services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>), null, null));
        }
    }

    /// <summary>Makes the package's connection log its outages.</summary>
    private static void ReportOutages(IServiceCollection services, string connectionName)
    {
        ServiceDescriptor made = services.Last(service => service.ServiceType == typeof(IConnectionMultiplexer) && !service.IsKeyedService);
        services.Remove(made);
        services.AddSingleton(provider =>
        {
            var connection = (IConnectionMultiplexer)Connect(provider, made.ImplementationFactory!, connectionName);
            RedisOutageLog.Attach(connection, provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RedisClient)));
            return connection;
        });
    }

    /// <exception cref="ServiceConfigurationException">No server is named, or the connection string cannot be read.</exception>
    private static object Connect(IServiceProvider provider, Func<IServiceProvider, object> connect, string connectionName)
    {
        try
        {
            return connect(provider);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new ServiceConfigurationException(
                $"The address of Redis cannot be read or names no server: set ConnectionStrings:{connectionName} to host:port.", exception);
        }
    }
}
