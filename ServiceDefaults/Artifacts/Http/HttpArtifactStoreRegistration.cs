using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Registers the transfer of artifacts over HTTP.</summary>
internal static class HttpArtifactStoreRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <param name="root">The worker's local folder.</param>
    public static void AddHttpArtifactStore(this IHostApplicationBuilder builder, string root)
    {
        builder.UseDefaultOrchestratorAddress();
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(ArtifactExchange.ClientName, client =>
            {
                client.BaseAddress = OrchestratorAddress.Discovered;

                // Large files may take long; InactivityTimeout limits stalls instead.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectTimeout = ConnectTimeout })
            .AddOrchestratorDiscovery()
            .SendToken(WorkerToken.Find(builder.Configuration));
        services.AddSingleton(_ => new WorkFolder(root));
        services.AddHostedService(provider => provider.GetRequiredService<WorkFolder>());
        services.AddSingleton<ArtifactExchange>();
        services.AddSingleton<ArtifactRetry>();
        services.AddSingleton<ArtifactUploader>();
        services.AddSingleton<ArtifactDownloader>();
        services.AddSingleton<IArtifactStore, HttpArtifactStore>();
    }

    private static void SendToken(this IHttpClientBuilder client, string? token)
    {
        if (token is not null)
        {
            client.AddHttpMessageHandler(() => new WorkerToken.Handler(token));
        }
    }
}
