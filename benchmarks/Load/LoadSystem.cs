using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.Benchmarks.Load;

/// <summary>A RabbitMQ, a Redis and an Orchestrator, each as a separate process for this benchmark only.</summary>
internal sealed class LoadSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<ChildProcess> _workers = [];
    private readonly List<ChildProcess> _dashboards = [];

    private readonly string _data;

    private LoadSystem(PrivateRabbitMq rabbitMq, PrivateRedis redis, string? data)
    {
        _data = data ?? _folder["data"];
        RabbitMq = rabbitMq;
        Redis = redis;
        int port = FreePort.Next();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = StartTimeout };
        Orchestrator = ChildProcess.StartOwn(
            "Experiments.Orchestrator.dll", [], Environment(("ASPNETCORE_URLS", Client.BaseAddress.ToString())), _folder["orchestrator.log"]);
    }

    public PrivateRabbitMq RabbitMq { get; }

    public PrivateRedis Redis { get; }

    public HttpClient Client { get; }

    public ChildProcess Orchestrator { get; }

    /// <summary>The CPU time of all workers together.</summary>
    public TimeSpan WorkersTime => TimeSpan.FromTicks(_workers.Sum(worker => worker.ProcessorTime.Ticks));

    /// <param name="data">The Orchestrator's folder; null for an empty one.</param>
    public static async Task<LoadSystem> StartAsync(string? data = null)
    {
        var system = new LoadSystem(await PrivateRabbitMq.StartAsync(), await PrivateRedis.StartAsync(), data);
        await UntilHealthyAsync(system.Client, system.Orchestrator);
        return system;
    }

    /// <param name="command">The command that makes this program a worker.</param>
    public void StartWorker(int number, string command = NoopWorker.Command) => _workers.Add(ChildProcess.StartOwn(
        "Experiments.Benchmarks.dll",
        [command],
        Environment(("Worker__Id", $"worker-{number}"), ("Worker__Device", "cpu"), ("Worker__RunLog", "false"), ("ASPNETCORE_URLS", "http://127.0.0.1:0")),
        _folder[$"worker-{number}.log"]));

    /// <summary>Starts a server once and waits for it.</summary>
    public async Task<(ChildProcess Process, string Address)> StartDashboardAsync()
    {
        string address = $"http://127.0.0.1:{FreePort.Next()}";
        ChildProcess process = ChildProcess.Start(
            "dotnet",
            [ServiceProgram.Of("Dashboard")],
            Environment(("ASPNETCORE_URLS", address), ("services__orchestrator__http__0", Client.BaseAddress!.ToString())),
            _folder["dashboard.log"]);
        _dashboards.Add(process);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await UntilHealthyAsync(client, process);
        return (process, address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess process in _dashboards.Concat(_workers))
        {
            await process.DisposeAsync();
        }

        await Orchestrator.DisposeAsync();
        await Redis.DisposeAsync();
        await RabbitMq.DisposeAsync();
        Client.Dispose();
        _folder.Dispose();
    }

    private Dictionary<string, string> Environment(params (string Name, string Value)[] more) => new(
        more.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
    {
        ["ConnectionStrings__rabbitmq"] = RabbitMq.ConnectionString,
        ["ConnectionStrings__redis"] = Redis.ConnectionString,
        ["Storage__Root"] = _data,
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Experiments"] = "Warning",
    };

    private static async Task UntilHealthyAsync(HttpClient client, ChildProcess process)
    {
        using var limit = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasEnded)
            {
                // Not ready yet.
            }

            await Task.Delay(200, limit.Token);
        }
    }
}
