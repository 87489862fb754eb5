using System.Globalization;
using Experiments.TestServers;

namespace Experiments.EndToEnd.Tests.Processes;

/// <summary>The distributed form: a broker, a Redis, and our services as processes.</summary>
internal sealed class DistributedSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProcess> _services = [];
    private readonly int _port = FreePort.Next();

    private DistributedSystem(PrivateRabbitMq broker, PrivateRedis redis)
    {
        Broker = broker;
        Redis = redis;
        Api = new Api(OrchestratorAddress);
    }

    public PrivateRabbitMq Broker { get; }

    public PrivateRedis Redis { get; }

    public Api Api { get; }

    public ServiceProcess Orchestrator { get; private set; } = null!;

    private string OrchestratorAddress => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public static async Task<DistributedSystem> StartAsync()
    {
        DistributedSystem system = Prepare();
        await system.StartServersAsync();
        await system.StartOrchestratorAsync();
        return system;
    }

    /// <summary>A system of which nothing runs yet.</summary>
    public static DistributedSystem Prepare() => new(PrivateRabbitMq.Prepare(), PrivateRedis.Prepare());

    public async Task StartServersAsync()
    {
        await Redis.RestartAsync();
        await Broker.RestartAsync();
    }

    public async Task StartOrchestratorAsync()
    {
        LaunchOrchestrator();
        await Api.ReadyAsync(StartLimit);
    }

    /// <summary>Starts the Orchestrator without waiting for it to be well.</summary>
    public void LaunchOrchestrator() =>
        Orchestrator = Start("Orchestrator", new() { ["ASPNETCORE_URLS"] = OrchestratorAddress, ["Leases__Seconds"] = "4" });

    public ServiceProcess StartWorker(string id) => Start("GpuWorker", new()
    {
        ["Worker__Id"] = id,
        ["Worker__Device"] = "cpu",
        ["Worker__Threads"] = "1",
        ["Worker__HeartbeatSeconds"] = "1",
        ["Worker__TicketHoldSeconds"] = "2",
    });

    /// <returns>The dashboard's address, once it answers.</returns>
    public async Task<string> StartDashboardAsync()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        Start("Dashboard", new() { ["ASPNETCORE_URLS"] = address, ["services__orchestrator__http__0"] = OrchestratorAddress });
        using var dashboard = new Api(address);
        await dashboard.ReadyAsync(StartLimit);
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProcess service in _services)
        {
            await service.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await Redis.DisposeAsync();
        Api.Dispose();
        _folder.Dispose();
    }

    private ServiceProcess Start(string project, Dictionary<string, string> settings)
    {
        settings["ConnectionStrings__rabbitmq"] = Broker.ConnectionString;
        settings["ConnectionStrings__redis"] = Redis.ConnectionString;
        settings["Storage__Root"] = _folder.Path;
        settings["Artifacts__Root"] = _folder["artifacts"];
        ServiceProcess service = ServiceProcess.Start(project, settings);
        _services.Add(service);
        return service;
    }
}
