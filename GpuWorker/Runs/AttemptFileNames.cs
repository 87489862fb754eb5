using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Runs;

/// <summary>The roles of an attempt's files.</summary>
internal static class AttemptFileNames
{
    private const string BeingWritten = ".tmp";

    /// <summary>The files that resuming may need.</summary>
    public static IReadOnlyList<string> Needed { get; } = [RunFiles.Checkpoint, RunFiles.PreviousCheckpoint, RunFiles.Best, RunFiles.PreviousBest, Initialization.FileName];

    /// <summary>The results of a run: checkpoints are not needed once it has completed.</summary>
    public static IReadOnlyList<string> Results(string folder) => [.. Of(folder).Where(name => !IsCheckpoint(name))];

    /// <summary>The files that the next attempt may need, the checkpoint last: once it is stored, all others are. The store keeps earlier ones itself.</summary>
    public static IReadOnlyList<string> ToGoOn(string folder) => [.. Results(folder), RunFiles.Checkpoint];

    private static IEnumerable<string> Of(string folder) => Directory.EnumerateFiles(folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => !name.StartsWith('.') && !name.EndsWith(BeingWritten, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static bool IsCheckpoint(string name) => name.StartsWith(ArtifactNames.CheckpointPrefix, StringComparison.Ordinal);
}
