using System.Security.Cryptography;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Checks a file against the digits in its name.</summary>
internal static class FileHash
{
    /// <returns>What is wrong; null when the SHA-256 of the content begins with <paramref name="prefix"/>.</returns>
    public static async Task<string?> WhyOtherAsync(string path, string prefix, CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return hash.StartsWith(prefix, StringComparison.Ordinal) ? null : $"its SHA-256 is {hash}, which does not begin with {prefix}";
    }
}
