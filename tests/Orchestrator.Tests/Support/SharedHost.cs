namespace Experiments.Orchestrator.Tests.Support;

/// <summary>One Orchestrator for all tests of a class that do not affect one another.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
