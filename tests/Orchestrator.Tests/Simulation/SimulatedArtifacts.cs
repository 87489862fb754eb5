using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Attempts' folders without a file each, on a disk that is never full.</summary>
internal static class SimulatedArtifacts
{
    private static readonly string Nowhere = Path.Combine(Path.GetTempPath(), "orchestrator-tests-no-artifacts");

    /// <summary>Takes the place of <see cref="CheckpointFiles"/>: call it after what registers that.</summary>
    public static void AddTo(IServiceCollection services, Func<string, int, bool> hasCheckpoint)
    {
        var folder = new ArtifactFolder(Nowhere);
        services.AddSingleton(folder);
        services.AddSingleton<CheckpointFiles>(new Checkpoints(folder, hasCheckpoint));
        services.AddSingleton<IDiskSpace>(new EndlessDisk());
        services.AddSingleton(Options.Create(new ArtifactOptions()));
        services.AddSingleton<ArtifactUsage>();
        services.AddSingleton<SpaceBudget>();
        services.AddRunFiles();
        services.AddSingleton<ArtifactRetention>();
    }

    private sealed class Checkpoints(ArtifactFolder folder, Func<string, int, bool> hasCheckpoint) : CheckpointFiles(folder)
    {
        public override bool Exists(string runId, int attempt) => hasCheckpoint(runId, attempt);
    }

    private sealed class EndlessDisk : IDiskSpace
    {
        public long? FreeBytes(string folder) => null;
    }
}
