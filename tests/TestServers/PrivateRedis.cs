using System.Diagnostics;
using System.Globalization;

namespace Experiments.TestServers;

/// <summary>A Redis server for one test, on a free port, with its data in a temporary folder.</summary>
public sealed class PrivateRedis : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProcessLog _log;
    private ServerProcess? _server;

    private readonly ServerSecrets? _secrets;

    private PrivateRedis(int port, string? logFile, ServerSecrets? secrets)
    {
        Port = port;
        _secrets = secrets;
        _log = new ProcessLog(logFile);
    }

    public int Port { get; }

    /// <summary>In the form of StackExchange.Redis.</summary>
    public string ConnectionString => _secrets is { } secrets ? $"localhost:{Port},ssl=true,password={secrets.Password}" : $"127.0.0.1:{Port}";

    public static async Task<PrivateRedis> StartAsync()
    {
        PrivateRedis redis = Prepare();
        await redis.RestartAsync();
        return redis;
    }

    /// <summary>A server that is not started yet: <see cref="RestartAsync"/> starts it.</summary>
    /// <param name="logFile">The file for its output; null for none.</param>
    /// <param name="secrets">Makes it accept only TLS, with a password.</param>
    public static PrivateRedis Prepare(string? logFile = null, ServerSecrets? secrets = null) => new(FreePort.Next(), logFile, secrets);

    /// <summary>Restarts it on the same port with its data.</summary>
    /// <param name="empty">True to delete all its data.</param>
    public async Task RestartAsync(bool empty = false)
    {
        await KillAsync();
        string program = ServerProgram.Find("redis-server");
        if (empty)
        {
            File.Delete(_folder["appendonly.aof"]);
            DeleteFolder(_folder["appendonlydir"]);
        }

        string[] options =
        [
            .. Listening(), "--bind", "127.0.0.1", "--dir", _folder.Path,
            "--save", "", "--appendonly", "yes", "--appendfsync", "always",
        ];
        _server = await ServerProcess.StartAsync(new ProcessStartInfo(program, options), "Ready to accept connections", _log);
    }

    private string[] Listening()
    {
        string port = Port.ToString(CultureInfo.InvariantCulture);
        return _secrets is { } secrets
            ? ["--port", "0", "--tls-port", port, "--tls-cert-file", secrets.Certificate, "--tls-key-file", secrets.Key, "--tls-auth-clients", "no", "--requirepass", secrets.Password]
            : ["--port", port];
    }

    /// <summary>Kills it; it is unreachable until <see cref="RestartAsync"/>.</summary>
    public async Task KillAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
