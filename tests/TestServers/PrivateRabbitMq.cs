using System.Diagnostics;
using System.Globalization;

namespace Experiments.TestServers;

/// <summary>An isolated RabbitMQ broker for a test: own ports, node name, port mapper, cookie and data.</summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    /// <summary>
    /// RabbitMQ 3.8 to 3.10 on a single node may come back from a kill with a quorum queue whose only member waits for a leader forever
    /// (rabbitmq-server issue 10070). Newer brokers elect one; here an election is triggered.
    /// </summary>
    /// <remarks>
    /// Without white space, at which the script would split it. In a spawned process, since a timer ends with the process that set it,
    /// and this one ends immediately.
    /// </remarks>
    private const string ElectMissingLeaders =
        "Elect=fun(Again)->timer:sleep(100),catch["
        + "ra:trigger_election(amqqueue:get_pid(Queue))||Queue<-rabbit_amqqueue:list_local_quorum_queues(),"
        + "ra_leaderboard:lookup_leader(element(1,amqqueue:get_pid(Queue)))=:=undefined"
        + "],Again(Again)end,spawn(erlang,apply,[Elect,[Elect]]).";

    /// <summary>The script itself on Debian; the one in PATH changes to another user first.</summary>
    private const string DebianScript = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly TemporaryFolder _folder = new();
    private readonly int _mapperPort = FreePort.Next();
    private readonly int _distributionPort = FreePort.Next();
    private readonly int _plainPort = FreePort.Next();
    private readonly RabbitMqOptions _options;
    private ServerProcess? _mapper;
    private ServerProcess? _broker;

    private PrivateRabbitMq(int port, RabbitMqOptions options)
    {
        Port = port;
        _options = options;
        Log = new ProcessLog(options.LogFile);
    }

    public int Port { get; }

    /// <summary>The broker's output, including that before restarts.</summary>
    public ProcessLog Log { get; }

    /// <summary>In the form that Aspire uses.</summary>
    public string ConnectionString => _options.Secrets is { } secrets
        ? $"amqps://{ServerSecrets.User}:{secrets.Password}@localhost:{Port}"
        : $"amqp://guest:guest@127.0.0.1:{Port}";

    public static async Task<PrivateRabbitMq> StartAsync()
    {
        PrivateRabbitMq broker = Prepare();
        await broker.RestartAsync();
        return broker;
    }

    /// <summary>A broker that is not started yet: <see cref="RestartAsync"/> starts it.</summary>
    public static PrivateRabbitMq Prepare(RabbitMqOptions? options = null) => new(FreePort.Next(), options ?? new RabbitMqOptions());

    /// <summary>Starts it again on the same port with its queues.</summary>
    /// <param name="empty">True to delete all its data.</param>
    public async Task RestartAsync(bool empty = false)
    {
        await KillAsync();
        if (empty && Directory.Exists(_folder["data"]))
        {
            Directory.Delete(_folder["data"], recursive: true);
        }

        await WriteConfigurationAsync();
        _mapper ??= await StartMapperAsync();
        var start = new ProcessStartInfo(ServerProgram.Find(DebianScript, "rabbitmq-server"));
        foreach ((string name, string value) in Settings())
        {
            start.Environment[name] = value;
        }

        _broker = await ServerProcess.StartAsync(start, "Server startup complete", Log);
    }

    /// <summary>Kills it; it is unreachable until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
            _broker = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_mapper is not null)
        {
            await _mapper.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task WriteConfigurationAsync()
    {
        string timeout = _options.ConsumerTimeout is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"consumer_timeout = {limit.TotalMilliseconds:0}\n")
            : "";

        // The limits would stop a broker on a machine that is short of disk or memory.
        await File.WriteAllTextAsync(
            _folder["rabbitmq.conf"], $"disk_free_limit.absolute = 1MB\nlog.console = true\nlog.console.level = info\n{timeout}{Tls()}");
        await File.WriteAllTextAsync(_folder["enabled_plugins"], "[].\n");
        await File.WriteAllTextAsync(_folder["rabbitmq-env.conf"], "");
    }

    private string Tls() => _options.Secrets is { } secrets
        ? $"listeners.ssl.1 = 127.0.0.1:{Number(Port)}\nssl_options.certfile = {secrets.Certificate}\nssl_options.keyfile = {secrets.Key}\n"
            + $"ssl_options.verify = verify_none\ndefault_user = {ServerSecrets.User}\ndefault_pass = {secrets.Password}\n"
        : "";

    /// <summary>Erlang would start its port mapper as a daemon that keeps running; this one is stopped with the broker.</summary>
    private Task<ServerProcess> StartMapperAsync()
    {
        string[] options = ["-d", "-port", Number(_mapperPort), "-address", "127.0.0.1"];
        return ServerProcess.StartAsync(new ProcessStartInfo(ServerProgram.Find("epmd"), options), "epmd running", new ProcessLog());
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = _folder.Path,
        ["ERL_EPMD_PORT"] = Number(_mapperPort),
        ["RABBITMQ_NODENAME"] = $"experiments-{Port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        // With TLS, the plain port is another one, which no test uses.
        ["RABBITMQ_NODE_PORT"] = Number(_options.Secrets is null ? Port : _plainPort),
        ["RABBITMQ_DIST_PORT"] = Number(_distributionPort),
        ["RABBITMQ_MNESIA_BASE"] = _folder["data"],
        ["RABBITMQ_LOG_BASE"] = _folder["log"],
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = $"-eval {ElectMissingLeaders}",
        ["RABBITMQ_PID_FILE"] = _folder["pid"],
        ["RABBITMQ_CONF_ENV_FILE"] = _folder["rabbitmq-env.conf"],
        ["RABBITMQ_CONFIG_FILE"] = _folder["rabbitmq.conf"],
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder["enabled_plugins"],
    };

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
}
