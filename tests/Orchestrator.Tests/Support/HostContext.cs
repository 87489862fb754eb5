namespace Experiments.Orchestrator.Tests.Support;

/// <summary>An Orchestrator on a folder of its own for each test, which may restart it.</summary>
public abstract class HostContext : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private protected TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await TestHost.StartAsync(_folder);
    }
}
