using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults;

/// <summary>Adds the place where attempts leave their files.</summary>
public static class ArtifactStoreRegistration
{
    /// <summary>The folder under which everything that is kept lies.</summary>
    public const string StorageRootKey = "Storage:Root";

    /// <summary>The folder of the artifacts; every service of a deployment sees the same one.</summary>
    public const string ArtifactsRootKey = "Artifacts:Root";

    /// <summary>What <see cref="StorageRootKey"/> is when nobody says.</summary>
    public const string DefaultStorageRoot = "./data";

    /// <summary>
    /// Adds <see cref="IArtifactStore"/> on the folder <c>Artifacts:Root</c>, by default <c>artifacts</c> in <c>Storage:Root</c>. The host does
    /// not start when it cannot be written to. Calling it again changes nothing.
    /// </summary>
    public static void AddArtifactStore(this IHostApplicationBuilder builder)
    {
        if (!builder.Services.MarkAdded("ArtifactStore"))
        {
            return;
        }

        var store = new FolderArtifactStore(RootOf(builder.Configuration));
        builder.Services.AddSingleton<IArtifactStore>(store);
        builder.Services.AddHostedService(_ => new ArtifactFolderCheck(store));
    }

    private static string RootOf(IConfiguration configuration) =>
        NotBlank(configuration[ArtifactsRootKey])
        ?? Path.Combine(NotBlank(configuration[StorageRootKey]) ?? DefaultStorageRoot, "artifacts");

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
