namespace Experiments.AppHost.Settings;

/// <summary>The names of resources and connection strings that the services look up.</summary>
internal static class Names
{
    public const string RabbitMq = "rabbitmq";
    public const string Redis = "redis";
    public const string Orchestrator = "orchestrator";
    public const string Dashboard = "dashboard";
    public const string Workers = "workers";
}
