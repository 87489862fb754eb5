using Experiments.ServiceDefaults.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Tests.Discovery;

public sealed class OrchestratorDiscoveryTests
{
    [Fact]
    public async Task Send_DiscoveryFails_IsReportedAsAnUnreachableAddress()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddHttpClient("it").AddOrchestratorDiscovery().ConfigurePrimaryHttpMessageHandler(() => new Forgetful());
        await using ServiceProvider provider = services.BuildServiceProvider();
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("it");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("http://127.0.0.1:9/"), TestContext.Current.CancellationToken));

        Assert.Contains("already completed", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Forgetful : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("An attempt was made to transition a task to a final state when it had already completed.");
    }
}
