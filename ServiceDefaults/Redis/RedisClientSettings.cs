namespace Experiments.ServiceDefaults;

/// <summary>Settings of a Redis connection; configuration section <c>Aspire:StackExchange:Redis</c>, with one of the connection's name inside it.</summary>
public sealed class RedisClientSettings
{
    /// <summary>StackExchange.Redis' form: <c>host:port,option=value,…</c>. <c>ConnectionStrings:&lt;name&gt;</c> wins over it.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    /// <summary>False to connect when the host starts instead of at the first use.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
