using Microsoft.Extensions.Hosting;

namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>Checks at the start, and not after the first epoch, that the folder can be written to.</summary>
internal sealed class ArtifactFolderCheck(ArtifactFolder folder) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        folder.CheckWritable();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
