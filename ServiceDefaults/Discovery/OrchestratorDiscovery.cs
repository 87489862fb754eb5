using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Discovery;

/// <summary>Makes an HTTP client find the Orchestrator.</summary>
public static class OrchestratorDiscovery
{
    /// <summary>Service discovery alone: no log line per request, and nothing that sends a request twice; callers know what is worth repeating.</summary>
    public static IHttpClientBuilder AddOrchestratorDiscovery(this IHttpClientBuilder client)
    {
        client.Services.AddServiceDiscovery();
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is marked as experimental.
        return client
            .AddHttpMessageHandler(() => new SeparateTraces())
            .AddHttpMessageHandler(() => new DiscoveryFailures())
            .AddServiceDiscovery()
            .RemoveAllLoggers()
            .RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    /// <summary>
    /// Service discovery forgets an address that was not asked for during 10 seconds, and a request of that very moment fails with an
    /// <see cref="InvalidOperationException"/>, which no caller expects. It has not been sent: nothing was reached.
    /// </summary>
    private sealed class DiscoveryFailures : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (InvalidOperationException exception)
            {
                throw new HttpRequestException($"The address of {request.RequestUri?.Host} was not found: {exception.Message}", exception);
            }
        }
    }
}
