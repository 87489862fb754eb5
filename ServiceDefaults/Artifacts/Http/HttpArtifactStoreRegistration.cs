using Experiments.ServiceDefaults.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Registers what makes artifacts travel over HTTP.</summary>
internal static class HttpArtifactStoreRegistration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <param name="root">The worker's own folder.</param>
    public static void AddHttpArtifactStore(this IHostApplicationBuilder builder, string root)
    {
        builder.UseDefaultOrchestratorAddress();
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(ArtifactExchange.ClientName, client =>
            {
                client.BaseAddress = OrchestratorAddress.Discovered;

                // Large files take as long as they take; see InactivityTimeout.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectTimeout = ConnectTimeout })
            .AddOrchestratorDiscovery();
        services.AddSingleton(_ => new WorkFolder(root));
        services.AddHostedService(provider => provider.GetRequiredService<WorkFolder>());
        services.AddSingleton<ArtifactExchange>();
        services.AddSingleton<ArtifactRetry>();
        services.AddSingleton<ArtifactUploader>();
        services.AddSingleton<ArtifactDownloader>();
        services.AddSingleton<IArtifactStore, HttpArtifactStore>();
    }
}
