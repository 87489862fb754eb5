using Microsoft.Extensions.DependencyInjection;

namespace Experiments.ServiceDefaults.Discovery;

/// <summary>Makes an HTTP client find the Orchestrator.</summary>
public static class OrchestratorDiscovery
{
    /// <summary>Service discovery only: no log line per request, and no retries; callers know which requests may be repeated.</summary>
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
    /// Service discovery drops an address that was not used for 10 seconds, and a request at that moment fails with an
    /// <see cref="InvalidOperationException"/>, which no caller expects. The request was not sent.
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
