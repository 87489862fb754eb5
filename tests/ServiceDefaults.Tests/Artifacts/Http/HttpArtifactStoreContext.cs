using Experiments.ServiceDefaults.Artifacts;
using Experiments.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Tests.Artifacts.Http;

/// <summary>A store with a server on loopback, and a clock that skips pauses.</summary>
public abstract class HttpArtifactStoreContext : IAsyncLifetime
{
    protected const string Name = "best.safetensors";
    protected const string Remote = "r1/attempts/1/files/" + Name;

    protected static readonly byte[] Content = [.. Enumerable.Range(0, 50_000).Select(i => (byte)(i * 7))];

    protected TemporaryFolder Folder { get; } = new();

    private protected HurriedTime Time { get; } = new();

    private protected ArtifactServer Server { get; private set; } = null!;

    /// <summary>The process that owns the store.</summary>
    protected IHost Process { get; private set; } = null!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected IArtifactStore Store => Process.Services.GetRequiredService<IArtifactStore>();

    public async ValueTask InitializeAsync()
    {
        Server = await ArtifactServer.StartAsync();
        Process = Build();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Process.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }


    protected IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Artifacts:Store"] = "http",
            ["Artifacts:Root"] = Folder["work"],
            ["services:orchestrator:http:0"] = Server.Address,
        });
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddArtifactStore();
        return builder.Build();
    }

    protected Task<IAttemptFiles> OpenAsync() => Store.OpenAttemptAsync(new AttemptOpening("r1", 1, "w/1", null, []), Cancelled);

    protected static async Task PublishAsync(IAttemptFiles files, params string[] names)
    {
        using IPublication publication = files.Capture(names.Length == 0 ? [Name] : names);
        await publication.PublishAsync(Cancelled);
    }

    /// <summary>Publishes as a training does.</summary>
    protected static void Replace(IAttemptFiles files, string name, byte[] content)
    {
        string path = Path.Combine(files.Folder, name);
        File.WriteAllBytes(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
