using System.Globalization;
using Experiments.TestServers;

namespace Experiments.TestSystem.Processes;

/// <summary>The distributed form: a broker, a Redis, and the services as processes.</summary>
public sealed class DistributedSystem : IAsyncDisposable
{
    private const string WorkerProject = "GpuWorker";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProcess> _services = [];
    private readonly Dictionary<string, ProcessLog> _logs = [];
    private readonly int _port = FreePort.Next();
    private readonly SystemOptions _options;

    private DistributedSystem(SystemOptions options)
    {
        _options = options;
        Broker = PrivateRabbitMq.Prepare(new RabbitMqOptions { ConsumerTimeout = options.ConsumerTimeout, LogFile = options.LogFile("rabbitmq") });
        Redis = PrivateRedis.Prepare(options.LogFile("redis"));
        Api = new Api(OrchestratorAddress, options.Cancellation);
    }

    public PrivateRabbitMq Broker { get; }

    public PrivateRedis Redis { get; }

    public Api Api { get; }

    public ServiceProcess Orchestrator { get; private set; } = null!;

    /// <summary>The folder of the Orchestrator's databases.</summary>
    public string StorageRoot => _folder.Path;

    private string OrchestratorAddress => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public static async Task<DistributedSystem> StartAsync(SystemOptions options)
    {
        DistributedSystem system = Prepare(options);
        await system.StartServersAsync();
        await system.StartOrchestratorAsync();
        return system;
    }

    /// <summary>A system that is not started yet.</summary>
    public static DistributedSystem Prepare(SystemOptions options) => new(options);

    public Task StartServersAsync() => Task.WhenAll(Redis.RestartAsync(), Broker.RestartAsync());

    public async Task StartOrchestratorAsync()
    {
        LaunchOrchestrator();
        await Api.ReadyAsync(StartLimit);
    }

    /// <summary>Starts the Orchestrator without waiting until it is healthy.</summary>
    public void LaunchOrchestrator() =>
        Orchestrator = Start("Orchestrator", "orchestrator", new()
        {
            ["ASPNETCORE_URLS"] = OrchestratorAddress,
            ["Leases__Seconds"] = Text(_options.LeaseSeconds),
        });

    public ServiceProcess StartWorker(string id) => StartWorker(id, []);

    /// <summary>Starts a worker without a shared folder: its artifacts are transferred over HTTP.</summary>
    public ServiceProcess StartRemoteWorker(string id) => StartWorker(id, new()
    {
        ["Artifacts__Store"] = "http",
        ["Artifacts__Root"] = WorkFolderOf(id),
        ["services__orchestrator__http__0"] = OrchestratorAddress,
    });

    /// <summary>Kills all workers.</summary>
    public async Task KillWorkersAsync()
    {
        foreach (ServiceProcess worker in _services.Where(service => service.Project == WorkerProject))
        {
            await worker.KillAsync();
        }
    }

    /// <summary>The folder of a worker started by <see cref="StartRemoteWorker"/>.</summary>
    public string WorkFolderOf(string id) => _folder[$"work-{id}"];

    /// <returns>The dashboard's address, once it answers.</returns>
    public async Task<string> StartDashboardAsync()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        Start("Dashboard", "dashboard", new() { ["ASPNETCORE_URLS"] = address, ["services__orchestrator__http__0"] = OrchestratorAddress });
        using var dashboard = new Api(address, _options.Cancellation);
        await dashboard.ReadyAsync(StartLimit);
        return address;
    }

    /// <summary>Keeps the data when the system is disposed.</summary>
    /// <returns>The folder.</returns>
    public string KeepData()
    {
        _folder.Keep();
        return _folder.Path;
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

    private ServiceProcess StartWorker(string id, Dictionary<string, string> more) => Start(WorkerProject, id, new(more)
    {
        ["Worker__Id"] = id,
        ["Worker__Device"] = "cpu",
        ["Worker__Threads"] = "1",
        ["Worker__HeartbeatSeconds"] = Text(_options.HeartbeatSeconds),
        ["Worker__TicketHoldSeconds"] = Text(_options.TicketHoldSeconds),
        ["Worker__CheckpointSeconds"] = Text(_options.CheckpointSeconds),
    });

    private ServiceProcess Start(string project, string name, Dictionary<string, string> settings)
    {
        settings["ConnectionStrings__rabbitmq"] = Broker.ConnectionString;
        settings["ConnectionStrings__redis"] = Redis.ConnectionString;
        settings["Storage__Root"] = _folder.Path;
        settings.TryAdd("Artifacts__Root", _folder["artifacts"]);
        lock (_services)
        {
            ServiceProcess service = ServiceProcess.Start(project, settings, [], _options, LogOf(name));
            _services.Add(service);
            return service;
        }
    }

    /// <summary>One log for all processes of a name: the output of a killed one may still be read while its successor writes.</summary>
    private ProcessLog? LogOf(string name)
    {
        if (_options.LogFile(name) is not { } file)
        {
            return null;
        }

        return _logs.TryGetValue(name, out ProcessLog? log) ? log : _logs[name] = new ProcessLog(file);
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
