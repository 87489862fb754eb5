namespace Experiments.TestServers;

/// <summary>Options of a <see cref="PrivateRabbitMq"/>.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>How long a consumer may hold a delivery; at least a minute. Null for the broker's own 30 minutes. The broker checks once a minute.</summary>
    public TimeSpan? ConsumerTimeout { get; init; }

    /// <summary>Makes it accept only TLS on its port, with this certificate, and a user of its own with this password.</summary>
    public ServerSecrets? Secrets { get; init; }

    /// <summary>A file for its output; null for memory only.</summary>
    public string? LogFile { get; init; }
}
