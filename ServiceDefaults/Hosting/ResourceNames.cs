namespace Experiments.ServiceDefaults.Hosting;

/// <summary>The names of connection strings and services, shared with the AppHost.</summary>
public static class ResourceNames
{
    /// <summary>The message broker's connection string.</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary>The connection string of the Redis that carries metric points.</summary>
    public const string Redis = "redis";

    /// <summary>The Orchestrator in service discovery.</summary>
    public const string Orchestrator = "orchestrator";
}
