using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Artifacts.Http;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults;

/// <summary>Registers the store for the files of attempts.</summary>
public static class ArtifactStoreRegistration
{
    /// <summary>The folder that holds all persistent data.</summary>
    public const string StorageRootKey = "Storage:Root";

    /// <summary>The folder of the artifacts; for a worker that transfers artifacts over HTTP, its working folder.</summary>
    public const string ArtifactsRootKey = "Artifacts:Root";

    /// <summary>How a worker reads and writes artifacts: <c>folder</c> or <c>http</c>.</summary>
    public const string StoreKey = "Artifacts:Store";

    /// <summary>The value of <see cref="StorageRootKey"/> when it is not set.</summary>
    public const string DefaultStorageRoot = "./data";

    private const string SharedFolder = "folder";
    private const string OverHttp = "http";

    /// <summary>
    /// Adds the <see cref="ArtifactFolder"/> <c>Artifacts:Root</c>, by default <c>artifacts</c> in <c>Storage:Root</c>. The host does
    /// not start when it cannot be written to. Idempotent.
    /// </summary>
    public static void AddArtifactFolder(this IHostApplicationBuilder builder)
    {
        if (builder.Services.MarkAdded("ArtifactFolder"))
        {
            var folder = new ArtifactFolder(RootOf(builder.Configuration));
            builder.Services.AddSingleton(folder);
            builder.Services.AddHostedService(_ => new ArtifactFolderCheck(folder));
        }
    }

    /// <summary>Adds the <see cref="IArtifactStore"/> that <c>Artifacts:Store</c> names. Idempotent.</summary>
    public static void AddArtifactStore(this IHostApplicationBuilder builder)
    {
        if (!builder.Services.MarkAdded("ArtifactStore"))
        {
            return;
        }

        string store = NotBlank(builder.Configuration[StoreKey]) ?? SharedFolder;
        switch (store)
        {
            case SharedFolder:
                builder.AddArtifactFolder();
                builder.Services.AddSingleton<IArtifactStore, FolderArtifactStore>();
                break;
            case OverHttp:
                builder.AddHttpArtifactStore(RootOf(builder.Configuration));
                break;
            default:
                // Thrown when the host starts, which reports it in one line.
                builder.Services.AddHostedService<ArtifactFolderCheck>(_ => throw new ServiceConfigurationException(
                    $"{StoreKey} is \"{store}\"; allowed: {SharedFolder} (a folder that the Orchestrator sees under the same path), {OverHttp} (to and from the Orchestrator)."));
                break;
        }
    }

    private static string RootOf(IConfiguration configuration) =>
        NotBlank(configuration[ArtifactsRootKey])
        ?? Path.Combine(NotBlank(configuration[StorageRootKey]) ?? DefaultStorageRoot, "artifacts");

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
