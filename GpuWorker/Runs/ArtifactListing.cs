using System.Security.Cryptography;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Runs;

/// <summary>Lists what an attempt leaves behind.</summary>
internal static class ArtifactListing
{
    /// <summary>Checkpoints serve to go on, and are of no use to anybody once the run has completed.</summary>
    private const string CheckpointPrefix = "checkpoint";

    /// <summary>The files of a folder with size and digest, checkpoints and hidden files left out.</summary>
    public static IReadOnlyList<Artifact> Of(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Select(path => new FileInfo(path))
            .Where(file => !file.Name.StartsWith(CheckpointPrefix, StringComparison.Ordinal) && !file.Name.StartsWith('.'))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new Artifact(file.Name, file.Length, Digest(file))),
    ];

    private static string Digest(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
