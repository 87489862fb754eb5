using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>The SHA-256 that identifies an artifact's content, as lower-case hexadecimal digits.</summary>
public static class ArtifactDigest
{
    /// <summary>Hexadecimal digits of a SHA-256.</summary>
    public const int Digits = 64;

    private const int BufferBytes = 1 << 20;

    /// <summary>The digest of the whole open file, even if its name is replaced meanwhile.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<string> OfAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long offset = 0;
        while (await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            offset += count;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc cref="OfAsync(SafeFileHandle, CancellationToken)"/>
    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
        return await OfAsync(file, cancellationToken);
    }

    /// <summary>True for 64 lower-case hexadecimal digits.</summary>
    public static bool IsDigest(string text) => text.Length == Digits && text.All(character => character is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
