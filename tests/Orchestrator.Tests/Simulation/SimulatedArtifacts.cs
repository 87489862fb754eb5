using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Runs.Checkpoints;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Folders of attempts without files, on a disk that is never full.</summary>
internal static class SimulatedArtifacts
{
    private static readonly string Nowhere = Path.Combine(Path.GetTempPath(), "orchestrator-tests-no-artifacts");

    /// <summary>Replaces <see cref="CheckpointFiles"/>: call it after that service is registered.</summary>
    public static void AddTo(IServiceCollection services, Func<string, int, bool> hasCheckpoint, Func<string, int, string, bool> tryShare)
    {
        var folder = new ArtifactFolder(Nowhere);
        services.AddSingleton(folder);
        services.AddSingleton<CheckpointFiles>(new Checkpoints(folder, hasCheckpoint, tryShare));
        services.AddSingleton<IDiskSpace>(new EndlessDisk());
        services.AddSingleton(Options.Create(new ArtifactOptions()));
        services.AddSingleton<ArtifactUsage>();
        services.AddSingleton<SpaceBudget>();
        services.AddRunFiles();
        services.AddSingleton<ArtifactRetention>();
    }

    private sealed class Checkpoints(ArtifactFolder folder, Func<string, int, bool> hasCheckpoint, Func<string, int, string, bool> tryShare)
        : CheckpointFiles(folder, NullLogger<CheckpointFiles>.Instance)
    {
        public override bool Exists(string runId, int attempt) => hasCheckpoint(runId, attempt);

        public override bool TryShare(string runId, int attempt, string toRunId) => tryShare(runId, attempt, toRunId);
    }

    private sealed class EndlessDisk : IDiskSpace
    {
        public long? FreeBytes(string folder) => null;
    }
}
