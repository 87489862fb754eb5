using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults;

/// <summary>
/// The connection to Redis. Reads what Aspire.StackExchange.Redis 13.5 reads and registers what it registers, so that the
/// package can take this file's place.
/// </summary>
public static class RedisClient
{
    public const string ConfigurationSection = "Aspire:StackExchange:Redis";

    /// <summary>Aspire's name for it.</summary>
    public const string HealthCheck = "StackExchange.Redis";

    /// <summary>The activity source of OpenTelemetry.Instrumentation.StackExchangeRedis, for those who add that package.</summary>
    public const string ActivitySourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    /// <summary>
    /// Adds <see cref="IConnectionMultiplexer"/> as a singleton with a health check. A server that cannot be reached is told in the log, and
    /// tried again until it answers. Calling it again for the same connection changes nothing.
    /// </summary>
    /// <param name="connectionName">The connection string's name, and that of the section of settings of its own.</param>
    /// <param name="configureSettings">Changes the settings after they were read.</param>
    /// <param name="configureOptions">Changes the client's options after they were read.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RedisClientSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (!builder.Services.MarkAdded($"RedisClient:{connectionName}"))
        {
            return;
        }

        RedisClientSettings settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);
        var factory = new RedisConnectionFactory(builder.Configuration, connectionName, settings, configureOptions);
        builder.Services.AddSingleton<IConnectionMultiplexer>(factory.Connect);
        AddAround(builder, settings);
    }

    internal static RedisClientSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new RedisClientSettings();
        IConfigurationSection section = configuration.GetSection(ConfigurationSection);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static void AddAround(IHostApplicationBuilder builder, RedisClientSettings settings)
    {
        if (!settings.DisableAutoActivation)
        {
            builder.Services.ActivateSingleton<IConnectionMultiplexer>();
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(ActivitySourceName));
        }

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheck, services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>), null, null));
        }
    }
}
