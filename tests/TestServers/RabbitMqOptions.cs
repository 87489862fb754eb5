namespace Experiments.TestServers;

/// <summary>How a <see cref="PrivateRabbitMq"/> differs from the usual.</summary>
public sealed record RabbitMqOptions
{
    /// <summary>How long a consumer may hold a delivery; at least a minute. Null for the broker's own 30 minutes. It looks once a minute.</summary>
    public TimeSpan? ConsumerTimeout { get; init; }

    /// <summary>Where its output is kept; null for memory alone.</summary>
    public string? LogFile { get; init; }
}
