namespace Experiments.AppHost.Settings;

/// <summary>What resources and connection strings are called; the services look for them by these names.</summary>
internal static class Names
{
    public const string RabbitMq = "rabbitmq";
    public const string Redis = "redis";
    public const string Orchestrator = "orchestrator";
    public const string Dashboard = "dashboard";
    public const string Workers = "workers";
}
