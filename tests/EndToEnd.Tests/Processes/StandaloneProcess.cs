using System.Globalization;
using Experiments.TestServers;

namespace Experiments.EndToEnd.Tests.Processes;

/// <summary>Standalone as a process, with a data folder that outlives it.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private StandaloneProcess(ServiceProcess process, string address)
    {
        Process = process;
        Address = address;
        Api = new Api(address);
    }

    public ServiceProcess Process { get; }

    public string Address { get; }

    public Api Api { get; }

    public static StandaloneProcess Start(string data, params string[] arguments)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var settings = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = address, ["Worker__Threads"] = "1", ["Worker__Device"] = "cpu" };
        return new StandaloneProcess(ServiceProcess.Start("Standalone", settings, [.. arguments, "--data", data]), address);
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
