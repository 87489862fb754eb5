namespace Experiments.ServiceDefaults.Hosting;

/// <summary>What connection strings and services are called, here and in the AppHost.</summary>
public static class ResourceNames
{
    public const string RabbitMq = "rabbitmq";
    public const string Redis = "redis";
    public const string Orchestrator = "orchestrator";
}
