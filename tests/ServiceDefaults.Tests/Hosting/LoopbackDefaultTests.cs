using Experiments.ServiceDefaults.Tests.Startup;
using Microsoft.AspNetCore.Builder;

namespace Experiments.ServiceDefaults.Tests.Hosting;

/// <summary>The addresses that a service listens on.</summary>
public sealed class LoopbackDefaultTests : IDisposable
{
    private readonly StartedService _service = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UseLoopbackByDefault_NothingConfigured_ListensOnLoopbackAlone()
    {
        await using WebApplication app = _service.Build(0);
        await app.StartAsync(Cancelled);

        Assert.All(StartedService.Addresses(app), address => Assert.True(new Uri(address).IsLoopback, address));
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0")]
    [InlineData("http_ports", "")]
    public async Task UseLoopbackByDefault_AddressConfigured_StandsBack(string key, string value)
    {
        bool configured = value.Length > 0;
        await using WebApplication app = _service.Build(0, (key, value));
        await app.StartAsync(Cancelled);

        Assert.All(StartedService.Addresses(app), address => Assert.Equal(!configured, new Uri(address).IsLoopback));
    }

    public void Dispose() => _service.Dispose();
}
