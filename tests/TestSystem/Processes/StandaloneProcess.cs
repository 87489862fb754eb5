using System.Globalization;
using Experiments.TestServers;

namespace Experiments.TestSystem.Processes;

/// <summary>Standalone as a process, with a data folder that survives it.</summary>
public sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private StandaloneProcess(ServiceProcess process, string address, SystemOptions options)
    {
        Process = process;
        Address = address;
        Api = new Api(address, options.Cancellation);
    }

    public ServiceProcess Process { get; }

    public string Address { get; }

    public Api Api { get; }

    public static StandaloneProcess Start(SystemOptions options, string data, params string[] arguments) =>
        StartAt(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"), options, data, arguments);

    /// <param name="address">Its address, which stays the same across restarts.</param>
    public static StandaloneProcess StartAt(string address, SystemOptions options, string data, params string[] arguments)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address,
            ["Worker__Threads"] = "1",
            ["Worker__Device"] = "cpu",
            ["Worker__CheckpointSeconds"] = options.CheckpointSeconds.ToString(CultureInfo.InvariantCulture),
        };
        return new StandaloneProcess(ServiceProcess.Start("Standalone", settings, [.. arguments, "--data", data], options), address, options);
    }

    public async Task<StandaloneProcess> ReadyAsync()
    {
        await Api.ReadyAsync(StartLimit);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Api.Dispose();
    }
}
