using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Artifacts.Uploads;
using Experiments.Orchestrator.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.Orchestrator;

/// <summary>Registers what keeps artifacts.</summary>
internal static class ArtifactHosting
{
    public static void AddArtifacts(this IServiceCollection services)
    {
        services.AddOptions<ArtifactOptions>()
            .BindConfiguration(ArtifactOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton<IDiskSpace, DiskSpace>();
        services.AddSingleton<ArtifactUploads>();
        services.AddSingleton<ArtifactUsage>();
        services.AddSingleton<SpaceBudget>();
        services.AddRunFiles();
        services.AddSingleton<ArtifactRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<ArtifactRetention>());
        services.AddHostedService<UsageScan>();
        services.AddHealthChecks().AddCheck<SpaceHealth>(SpaceHealth.Name);
    }

    internal static void AddRunFiles(this IServiceCollection services)
    {
        services.AddSingleton<RunFolderRemoval>();
        services.AddSingleton<IRunData>(provider => provider.GetRequiredService<RunFolderRemoval>());
    }
}
