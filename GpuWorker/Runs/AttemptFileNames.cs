using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Runs;

/// <summary>Which files of an attempt matter to whom.</summary>
internal static class AttemptFileNames
{
    private const string BeingWritten = ".tmp";

    /// <summary>What going on from an earlier attempt may need.</summary>
    public static IReadOnlyList<string> Needed { get; } = [RunFiles.Checkpoint, RunFiles.PreviousCheckpoint, RunFiles.Best, RunFiles.PreviousBest, Initialization.FileName];

    /// <summary>What a run is for: checkpoints serve to go on, and are of no use to anybody once it has completed.</summary>
    public static IReadOnlyList<string> Results(string folder) => [.. Of(folder).Where(name => !IsCheckpoint(name))];

    /// <summary>What the next attempt may need, the checkpoint last: once it is there, all else is. Those before it, the store keeps by itself.</summary>
    public static IReadOnlyList<string> ToGoOn(string folder) => [.. Results(folder), RunFiles.Checkpoint];

    private static IEnumerable<string> Of(string folder) => Directory.EnumerateFiles(folder)
        .Select(path => Path.GetFileName(path))
        .Where(name => !name.StartsWith('.') && !name.EndsWith(BeingWritten, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static bool IsCheckpoint(string name) => name.StartsWith(ArtifactNames.CheckpointPrefix, StringComparison.Ordinal);
}
