using System.Globalization;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Servers;

/// <summary>Runs the RabbitMQ installed on this machine, isolated from other brokers by its own ports, node name, port mapper, cookie and data.</summary>
internal sealed class LocalRabbitMq(string program, string folder)
    : ExecutableResource(Names.RabbitMq, program, folder), IResourceWithConnectionString
{
    public const string ManagementEndpoint = "management";

    /// <summary>RabbitMQ's default user, which is accepted from loopback only.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"amqp://guest:guest@{this.GetEndpoint(LocalServer.Endpoint).Property(EndpointProperty.Host)}:{this.GetEndpoint(LocalServer.Endpoint).Property(EndpointProperty.Port)}");
}

internal static class LocalRabbitMqRegistration
{
    private const string PortMapperName = "epmd";

    public static IResourceBuilder<LocalRabbitMq> AddLocalRabbitMq(this IDistributedApplicationBuilder builder, AppHostSettings settings)
    {
        string folder = Path.Combine(settings.StorageRoot, "servers", Names.RabbitMq);
        int port = LocalServer.FreePort();
        int managementPort = LocalServer.FreePort();
        int mapperPort = LocalServer.FreePort();
        WriteFiles(folder, managementPort);
        IResourceBuilder<ExecutableResource> mapper = AddPortMapper(builder, folder, mapperPort);
        IResourceBuilder<LocalRabbitMq> broker = builder
            .AddResource(new LocalRabbitMq(InstalledPrograms.RabbitMq!, folder))
            .WithOwnPort(port)
            .WithHttpEndpoint(managementPort, managementPort, name: LocalRabbitMq.ManagementEndpoint, isProxied: false)
            .WithUrlForEndpoint(LocalRabbitMq.ManagementEndpoint, url => url.DisplayText = "RabbitMQ management")
            .WaitFor(mapper)
            .ExcludeFromManifest();
        foreach ((string name, string value) in Environment(folder, port, mapperPort))
        {
            broker.WithEnvironment(name, value);
        }

        mapper.WithParentRelationship(broker);
        return broker;
    }

    /// <summary>Erlang would start its port mapper as a daemon that keeps running; this one stops with the AppHost.</summary>
    private static IResourceBuilder<ExecutableResource> AddPortMapper(IDistributedApplicationBuilder builder, string folder, int port) => builder
        .AddExecutable(PortMapperName, InstalledPrograms.PortMapper!, folder, "-port", Text(port), "-address", "127.0.0.1")
        .WithOwnPort(port)
        .ExcludeFromManifest();

    /// <summary>
    /// Deletes the data of the previous start: the Orchestrator resends lost messages, whereas a killed broker may restart with a queue
    /// that never elects a leader (docs/operating.md, "A queue without a leader").
    /// </summary>
    private static void WriteFiles(string folder, int managementPort)
    {
        string data = Path.Combine(folder, "data");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "rabbitmq.conf"),
            $"disk_free_limit.absolute = 50MB\nlog.console = true\nlog.console.level = info\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {Text(managementPort)}\n");
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].\n");
        File.WriteAllText(Path.Combine(folder, "rabbitmq-env.conf"), "");
    }

    private static Dictionary<string, string> Environment(string folder, int port, int mapperPort) => new()
    {
        ["HOME"] = folder,
        ["ERL_EPMD_PORT"] = Text(mapperPort),
        ["RABBITMQ_NODENAME"] = $"experiments-{Text(port)}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(port),
        ["RABBITMQ_DIST_PORT"] = Text(LocalServer.FreePort()),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "rabbitmq-env.conf"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
