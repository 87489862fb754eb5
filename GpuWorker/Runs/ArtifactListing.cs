using System.Security.Cryptography;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Runs;

/// <summary>Lists the artifacts of an attempt.</summary>
internal static class ArtifactListing
{
    /// <summary>The results in a folder with size and digest.</summary>
    public static IReadOnlyList<Artifact> Of(string folder) =>
    [
        .. AttemptFileNames.Results(folder)
            .Select(name => new FileInfo(Path.Combine(folder, name)))
            .Select(file => new Artifact(file.Name, file.Length, Digest(file))),
    ];

    private static string Digest(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
