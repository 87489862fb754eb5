using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Experiments.ServiceDefaults.Redis;

/// <summary>Makes the connection from what is configured.</summary>
internal sealed class RedisConnectionFactory(
    IConfiguration configuration,
    string connectionName,
    RedisClientSettings settings,
    Action<ConfigurationOptions>? configureOptions)
{
    /// <exception cref="ServiceConfigurationException">No server is named, or the connection string cannot be read.</exception>
    public IConnectionMultiplexer Connect(IServiceProvider services)
    {
        ConfigurationOptions options = ReadOptions();
        ConnectionMultiplexer connection = ConnectionMultiplexer.Connect(options);

        // Not options.LoggerFactory: the client would log a hundred lines with stack traces about a server that is down.
        RedisOutageLog.Attach(connection, services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RedisClient)));
        return connection;
    }

    internal ConfigurationOptions ReadOptions()
    {
        ConfigurationOptions options = Parse();
        if (options.Defaults.GetType() == typeof(DefaultOptionsProvider))
        {
            options.Defaults = new KeepTrying();
        }

        IConfigurationSection section = configuration.GetSection(RedisClient.ConfigurationSection);
        section.GetSection("ConfigurationOptions").Bind(options);
        section.GetSection(connectionName).GetSection("ConfigurationOptions").Bind(options);
        configureOptions?.Invoke(options);
        return options.EndPoints.Count > 0 ? options : throw Invalid("names no server");
    }

    private ConfigurationOptions Parse()
    {
        try
        {
            return ConfigurationOptions.Parse(settings.ConnectionString ?? "");
        }
        catch (ArgumentException exception)
        {
            throw Invalid("cannot be read", exception);
        }
    }

    private ServiceConfigurationException Invalid(string problem, Exception? inner = null) => new(
        $"The address of Redis {problem}: set ConnectionStrings:{connectionName} (or {RedisClient.ConfigurationSection}:ConnectionString) to host:port.",
        inner);

    /// <summary>A server that is down when the service starts is waited for, unless the connection string says <c>abortConnect=true</c>.</summary>
    private sealed class KeepTrying : DefaultOptionsProvider
    {
        public override bool AbortOnConnectFail => false;
    }
}
